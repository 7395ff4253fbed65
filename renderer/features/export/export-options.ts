import type { core } from '../../rpc/client.ts';

export type ExportRequest = Omit<Parameters<typeof core.analysis.export>[0], 'project' | 'out' | 'overwrite'>;
export type What = ExportRequest['what'];
export type Format = NonNullable<ExportRequest['format']> | 'png';
export type Scale = NonNullable<ExportRequest['scale']>;
export type DenoisedValues = NonNullable<ExportRequest['values']>;
export type FigureKind = NonNullable<ExportRequest['figure']>;
export type Palette = NonNullable<ExportRequest['palette']>;

export interface FormatChoice {
  id: Format;
  title: string;
  /** Where it opens. */
  opens: string;
  /** With the dot; '' for a folder. */
  ending: string;
  isText?: boolean;
}

const csv: FormatChoice = { id: 'csv', title: 'CSV', opens: 'Excel, R, Python', ending: '.csv', isText: true };
const tsv: FormatChoice = { id: 'tsv', title: 'TSV', opens: 'Excel, R, Python', ending: '.tsv', isText: true };
const json: FormatChoice = { id: 'json', title: 'JSON', opens: 'programs of any kind', ending: '.json' };
const h5ad: FormatChoice = {
  id: 'h5ad',
  title: 'AnnData .h5ad',
  opens: 'anndata / scanpy, with labels, latent and pictures',
  ending: '.h5ad',
};

/** What can leave Lacuna, and as what. The first format is the suggestion. */
export const EXPORTS: readonly { id: What; title: string; text: string; formats: readonly FormatChoice[] }[] = [
  {
    id: 'denoised',
    title: 'Denoised matrix',
    text: 'Every gene of every cell, as the run sees it without noise.',
    formats: [
      h5ad,
      { id: 'h5', title: '10x .h5', opens: 'Seurat (Read10X_h5), scanpy', ending: '.h5' },
      { id: 'mtx', title: '10x folder (.mtx.gz)', opens: 'Seurat (Read10X), scanpy', ending: '' },
      { ...csv, opens: 'Excel for small ones, R, Python' },
      { ...tsv, opens: 'Excel for small ones, R, Python' },
    ],
  },
  {
    id: 'latent',
    title: 'Latent',
    text: 'The code of each cell: a few numbers instead of thousands.',
    formats: [csv, tsv, h5ad, json],
  },
  {
    id: 'embedding',
    title: 'Embedding',
    text: 'The coordinates of a UMAP, t‑SNE or PCA picture.',
    formats: [csv, tsv, h5ad, json],
  },
  {
    id: 'clusters',
    title: 'Clusters',
    text: 'The cluster of each cell, for every clustering of the run.',
    formats: [csv, tsv, json],
  },
  {
    id: 'scores',
    title: 'Scores',
    text: 'The table of all runs, with mean and deviation over seeds.',
    formats: [csv, tsv, { id: 'tex', title: 'LaTeX', opens: 'a manuscript, with booktabs', ending: '.tex' }, json],
  },
  {
    id: 'figure',
    title: 'Figure',
    text: 'A picture at column width, with its legend, ready for a paper.',
    formats: [
      { id: 'svg', title: 'SVG', opens: 'Illustrator, Inkscape, PowerPoint; words stay text', ending: '.svg' },
      { id: 'png', title: 'PNG', opens: 'any program; fixed pixels', ending: '.png' },
    ],
  },
  {
    id: 'report',
    title: 'Report',
    text: 'The whole project on one page for reviewer 2, or the methods paragraph of a run.',
    formats: [
      {
        id: 'html',
        title: 'The whole project (.html)',
        opens: 'any browser, also offline; prints on A4',
        ending: '.html',
      },
      { id: 'md', title: 'Methods paragraph (.md)', opens: 'any editor, Word', ending: '.md' },
      { id: 'json', title: 'All settings (.json)', opens: 'any editor, programs', ending: '.json' },
    ],
  },
  {
    id: 'compressed',
    title: 'Raw counts',
    text: 'What was measured, in a fraction of the space; nothing is lost.',
    formats: [{ id: 'lcz', title: 'Lacuna codec (.lcz)', opens: 'the terminal: lacuna codec decode', ending: '.lcz' }],
  },
];

/** Scales of the denoised values, each in one sentence. */
export const SCALES: readonly { id: Scale; title: string; text: string }[] = [
  {
    id: 'log',
    title: 'Logarithmic',
    text: 'log(1 + counts at one library size): what scanpy and Seurat expect for plots and markers.',
  },
  {
    id: 'normalised',
    title: 'Normalised',
    text: 'Counts as if every cell had the same library size: to compare cells with each other.',
  },
  {
    id: 'counts',
    title: 'Counts',
    text: 'Expected counts at the depth of each cell: for programs that start from counts.',
  },
  {
    id: 'model',
    title: 'Model',
    text: 'Exactly the scale that the method was trained on: to compare with what went in.',
  },
];

/** Which denoised values, each in one sentence; the last two are for count models. */
export const DENOISED_VALUES: readonly { id: DenoisedValues; title: string; text: string }[] = [
  { id: 'denoised', title: 'Denoised', text: 'as the method predicts them for each cell' },
  { id: 'rate', title: 'Library size taken out', text: 'as in a cell of median size' },
  { id: 'corrected', title: 'Corrected for covariates', text: 'as if all cells were alike in them' },
];

export const FIGURES: readonly { id: FigureKind; title: string }[] = [
  { id: 'embedding', title: 'Embedding' },
  { id: 'scores', title: 'Score heat map' },
  { id: 'losses', title: 'Loss curves' },
];

export const PALETTES: readonly { id: Palette; title: string }[] = [
  { id: 'viridis', title: 'viridis' },
  { id: 'magma', title: 'magma' },
  { id: 'cividis', title: 'cividis (safe for colour blindness)' },
  { id: 'accent', title: 'white to blue' },
  { id: 'blue-white-red', title: 'blue – white – red' },
];

/** Pictures of a space that can be exported. */
export const PICTURES = [
  { id: 'umap-2', title: 'UMAP 2-D', method: 'umap', nDim: 2 },
  { id: 'tsne-2', title: 't-SNE 2-D', method: 'tsne', nDim: 2 },
  { id: 'pca-2', title: 'PCA 2-D', method: 'pca', nDim: 2 },
  { id: 'umap-3', title: 'UMAP 3-D', method: 'umap', nDim: 3 },
  { id: 'tsne-3', title: 't-SNE 3-D', method: 'tsne', nDim: 3 },
  { id: 'pca-3', title: 'PCA 3-D', method: 'pca', nDim: 3 },
] as const;
export type PictureId = (typeof PICTURES)[number]['id'];
