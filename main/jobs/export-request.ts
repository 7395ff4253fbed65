import { z } from 'zod';

/**
 * What can be exported, and in which formats:
 * `denoised` h5ad | h5 | mtx | csv · `latent`, `embedding`, `clusters`, `scores` csv | json (`latent` and `embedding`
 * also h5ad) · `figure` svg · `report` (methods paragraph and every setting) md | json.
 */
export const exportWhatSchema = z.enum(['denoised', 'latent', 'embedding', 'clusters', 'scores', 'figure', 'report']);
export const exportFormatSchema = z.enum(['h5ad', 'h5', 'mtx', 'csv', 'json', 'svg', 'md']);
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
  /** Scale of the denoised values; `model` is what the network was trained on. */
  scale: z.enum(['model', 'log', 'normalised', 'counts']).default('log'),
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
  /** What colours the embedding figure: an obs column, `gene:NAME`, or `cluster`. Left out: the labels, else clusters. */
  colour: z.string().optional(),
  /** Metric of the scores figure; left out: adjusted Rand index. */
  metric: z.string().default('ari'),
  title: z.string().optional(),
});
export type ExportRequest = z.infer<typeof exportRequestSchema>;
