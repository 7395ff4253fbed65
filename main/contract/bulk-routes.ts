import type { CountValues } from './entities/count-values.ts';

/**
 * Addresses of arrays that are too big for JSON. A GET answers raw little-endian bytes; the headers
 * `x-lacuna-dtype` (`float32`, `float64`, `int32`) and `x-lacuna-shape` (`2638,2`) say what they are.
 */
export const bulkRoutes = {
  /** float32 [nObs, nDim] */
  embedding: (project: string, embedding: number) => `/bulk/${project}/embedding/${embedding}`,
  /** int32 [nObs], cluster of each observation of the run */
  clustering: (project: string, clustering: number) => `/bulk/${project}/clustering/${clustering}`,
  /** float32 [nObs, nLatent] */
  latent: (project: string, run: number) => `/bulk/${project}/run/${run}/latent`,
  /** int32 [nObs], position in the dataset of each observation of the run */
  runObs: (project: string, run: number) => `/bulk/${project}/run/${run}/obs`,
  /** float32 [nObs of the run]; `gene` is the position in the dataset; scale `model`, `log`, `normalised` or `counts` */
  denoisedGene: (project: string, run: number, gene: number, scale = 'log') =>
    `/bulk/${project}/run/${run}/gene/${gene}?scale=${scale}`,
  /** The same as measured, on the same scale as the denoised values of that run. */
  observedGene: (project: string, run: number, gene: number, scale = 'log') =>
    `/bulk/${project}/run/${run}/observed/${gene}?scale=${scale}`,
  /** int32 [nObs of the run], 1 where the whole spot was held out and predicted; 0 everywhere where none was */
  heldOut: (project: string, run: number) => `/bulk/${project}/run/${run}/heldOut`,
  /** float32 [nObs of the run], a gene as the run's protocol showed it to the method; NaN where the spot was held out */
  shownGene: (project: string, run: number, gene: number, scale = 'log') =>
    `/bulk/${project}/run/${run}/shown/${gene}?scale=${scale}`,
  /** The same before anything was held out or corrupted, in the same unit. */
  trueGene: (project: string, run: number, gene: number, scale = 'log') =>
    `/bulk/${project}/run/${run}/true/${gene}?scale=${scale}`,
  /**
   * float32 [nObs of the run], what a count model says of a gene: `countValuesSchema` names the kinds; the scale is that of
   * `rate` and `corrected`. NaN for `dropout-posterior` where something was counted.
   */
  countGene: (project: string, run: number, gene: number, kind: CountValues, scale = 'log') =>
    `/bulk/${project}/run/${run}/count/${gene}?kind=${kind}&scale=${scale}`,
  /**
   * float32 [n, nDim + 2], a gene between the spots once a `superResolve` job is done: a line for each place with its
   * coordinates, the nearest observation of the run, and the value
   */
  finerGene: (project: string, run: number, gene: number, factor: number, scale = 'log') =>
    `/bulk/${project}/run/${run}/finer/${gene}?factor=${factor}&scale=${scale}`,
  /** float32 [nGenes, MARKER_COLUMNS], the figures of a table of markers */
  markers: (project: string, table: number) => `/bulk/${project}/markers/${table}`,
  /** int32 [nGenes], position in the dataset of each gene of a table of markers */
  markerGenes: (project: string, table: number) => `/bulk/${project}/markers/${table}/genes`,
  /** Names of all genes: text, one a line. */
  varNames: (project: string, dataset: number) => `/bulk/${project}/dataset/${dataset}/genes`,
  /** Names of all observations (barcodes): text, one a line. */
  obsNames: (project: string, dataset: number) => `/bulk/${project}/dataset/${dataset}/names`,
  /** float32 [nObs], raw values of one gene */
  gene: (project: string, dataset: number, gene: number) => `/bulk/${project}/dataset/${dataset}/gene/${gene}`,
  /** float64 [nVar, 2], mean and variance of every gene over all observations */
  meanVariance: (project: string, dataset: number) => `/bulk/${project}/dataset/${dataset}/meanVariance`,
  /** float32 [nObs], one surface protein; scale `clr` (centred log-ratio) or `counts`; NaN where it was not measured */
  protein: (project: string, dataset: number, protein: number, scale = 'clr') =>
    `/bulk/${project}/dataset/${dataset}/protein/${protein}?scale=${scale}`,
  /** int32 codes of a categorical column, float64 values of a numeric one: [nObs] */
  obsColumn: (project: string, dataset: number, column: string) =>
    `/bulk/${project}/dataset/${dataset}/obs/${encodeURIComponent(column)}`,
  /** float64 [nObs, nDim] */
  obsm: (project: string, dataset: number, name: string) =>
    `/bulk/${project}/dataset/${dataset}/obsm/${encodeURIComponent(name)}`,
  /** The bytes of a tissue image, with its media type. */
  tissueImage: (project: string, dataset: number, name: string) =>
    `/bulk/${project}/dataset/${dataset}/image/${encodeURIComponent(name)}`,
  /** int32 [nObs + 1], first vertex of each cell's outline in `borderVertices` */
  borderOffsets: (project: string, dataset: number) => `/bulk/${project}/dataset/${dataset}/borders/offsets`,
  /** float32 [nVertices, 2], in units of the positions */
  borderVertices: (project: string, dataset: number) => `/bulk/${project}/dataset/${dataset}/borders/vertices`,
  /** float64 [nObs], a measure of quality of every observation: `counts`, `genes` or `mitoPercent` */
  quality: (project: string, dataset: number, measure: 'counts' | 'genes' | 'mitoPercent') =>
    `/bulk/${project}/dataset/${dataset}/quality/${measure}`,
  /** GET: the picture of an open project, or 404. PUT (`content-type` image/png or image/svg+xml, at most 1 MiB) sets it. */
  thumbnail: (project: string) => `/bulk/${project}/thumbnail`,
  /** GET: the picture of a project on the recent list that need not be open; `projects.recent` says where there is one. */
  recentThumbnail: (path: string) => `/thumbnail?path=${encodeURIComponent(path)}`,
};

/** Addresses of files that come in or go out. */
export const fileRoutes = {
  /**
   * PUT: the bytes of a dropped file, with the path that it had within the drop (`outs/matrix.mtx.gz`, or its name).
   * `drop` names everything that was dropped together: letters, digits and dashes (`crypto.randomUUID()`). Answers
   * `uploadedSchema` as JSON. The copy is deleted when Lacuna ends.
   */
  upload: (drop: string, relativePath: string) =>
    `/upload/${encodeURIComponent(drop)}/${relativePath.split('/').map(encodeURIComponent).join('/')}`,
  /** DELETE: forgets a drop, for instance once it is imported. */
  uploads: (drop: string) => `/upload/${encodeURIComponent(drop)}`,
  /** GET: a file that an export job wrote, as a download; `at` counts `result.files` from 0. */
  download: (job: string, at = 0) => `/download/${encodeURIComponent(job)}/${at}`,
};
