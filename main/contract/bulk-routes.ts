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
  /** float32 [nObs], raw values of one gene */
  gene: (project: string, dataset: number, gene: number) => `/bulk/${project}/dataset/${dataset}/gene/${gene}`,
  /** int32 codes of a categorical column, float64 values of a numeric one: [nObs] */
  obsColumn: (project: string, dataset: number, column: string) =>
    `/bulk/${project}/dataset/${dataset}/obs/${encodeURIComponent(column)}`,
  /** float64 [nObs, nDim] */
  obsm: (project: string, dataset: number, name: string) =>
    `/bulk/${project}/dataset/${dataset}/obsm/${encodeURIComponent(name)}`,
  /** The picture of the project for the recent list: an image, or 404. */
  thumbnail: (project: string) => `/bulk/${project}/thumbnail`,
};
