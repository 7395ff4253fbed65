import { z } from 'zod';

export const exportFormatSchema = z.enum([
  'h5ad',
  'h5',
  'mtx',
  'csv',
  'tsv',
  'json',
  'tex',
  'svg',
  'md',
  'html',
  'lcz',
]);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/**
 * What can be exported, and in which formats; the first is the default. `report`: of a run the methods paragraph (md) or
 * every setting (json), of the whole project one page with everything (html). `compressed`: the counts of a dataset.
 */
export const EXPORT_FORMATS = {
  denoised: ['h5ad', 'h5', 'mtx', 'csv', 'tsv'],
  latent: ['csv', 'tsv', 'json', 'h5ad'],
  embedding: ['csv', 'tsv', 'json', 'h5ad'],
  clusters: ['csv', 'tsv', 'json'],
  scores: ['csv', 'tsv', 'json', 'tex'],
  figure: ['svg'],
  report: ['md', 'json', 'html'],
  compressed: ['lcz'],
} as const satisfies Record<string, readonly ExportFormat[]>;

export const exportWhatSchema = z.enum([
  'denoised',
  'latent',
  'embedding',
  'clusters',
  'scores',
  'figure',
  'report',
  'compressed',
]);
export const figureSchema = z.enum(['embedding', 'scores', 'losses']);

export const exportRequestSchema = z.object({
  what: exportWhatSchema,
  /** Left out: by the ending of `out`, else the first format of `what`. */
  format: exportFormatSchema.optional(),
  /** File (or folder, for mtx) to write; replaced when it is there and `overwrite` is set. */
  out: z.string().min(1),
  overwrite: z.boolean().default(false),
  /** The run; scores and the scores figure may leave it out and take all runs. */
  runId: z.int().min(1).nullable().default(null),
  /** Of `compressed`: the dataset (null: that of the run, else the newest), and whether a network is trained for it. */
  datasetId: z.int().min(1).nullable().default(null),
  network: z.boolean().default(false),
  /** The report as a page: these datasets (null: all) … */
  reportDatasets: z.array(z.int().min(1)).nullable().default(null),
  /** … and of them these runs (null: every finished one). */
  reportRuns: z.array(z.int().min(1)).nullable().default(null),
  /** Scale of the denoised values; `model` is what the network was trained on. */
  scale: z.enum(['model', 'log', 'normalised', 'counts']).default('log'),
  /**
   * Which denoised values: as they are; of a count model with the library size taken out (as in a cell of median size); or as
   * if all cells were alike in the known covariates.
   */
  values: z.enum(['denoised', 'rate', 'corrected']).default('denoised'),
  /** An `.h5ad` of a count model also gets the probability of a dropout, as the layer `dropout`. */
  dropout: z.boolean().default(false),
  /** In formats that keep only nonzero values: denoised values nearer to zero than this are dropped. */
  minValue: z.number().nonnegative().default(0),
  /** Which figure. */
  figure: figureSchema.default('embedding'),
  /** The picture of `embedding` and of the embedding figure. */
  embedding: z
    .object({
      method: z.enum(['pca', 'umap', 'tsne']).default('tsne'),
      nDim: z.union([z.literal(2), z.literal(3)]).default(2),
      space: z.enum(['latent', 'denoised', 'data']).default('latent'),
      parameters: z.record(z.string(), z.unknown()).default({}),
    })
    .prefault({}),
  /** The embedding figure draws these positions of the dataset itself ('spatial') in place of a picture of a space. */
  positions: z.string().optional(),
  /**
   * What colours the embedding figure: an obs column, `cluster` (or `kmeans`, `leiden`), `gene:NAME` as measured, or
   * `denoised:NAME`. Left out: the labels, else k-means.
   */
  colour: z.string().optional(),
  /** Metric of the scores figure; left out: all of them. */
  metric: z.string().optional(),
  title: z.string().optional(),
  /** Width of a figure; left out: what suits it, one journal column (85 mm) or two (174 mm). */
  widthMm: z.number().min(40).max(1000).optional(),
  /** Colours of numbers in the embedding figure. */
  palette: z.enum(['viridis', 'magma', 'cividis', 'accent', 'blue-white-red']).default('viridis'),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;
