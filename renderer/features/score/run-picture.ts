import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import { project, type RunInfo } from '../../app/project.svelte.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';

/** A picture of a run with what may colour it. */
export interface RunPicture {
  title: string;
  values: Float32Array;
  nDim: number;
  clusters: Int32Array;
  /** Null when the labels are free text. */
  labels: Int32Array | null;
  /** Colour of each label where somebody chose them. */
  labelColours: readonly string[] | null;
}

const TITLES = { pca: 'PCA', umap: 'UMAP', tsne: 't-SNE' };

/** Reads the stored picture that is nearest to the space scored; null when the run has none. */
export async function readRunPicture(
  run: RunInfo,
  space: string,
  clustering: number,
  labels: string,
): Promise<RunPicture | null> {
  const uuid = project.uuid;
  const stored = await core.analysis.embeddings({ project: uuid, run: run.id });
  const own = (kind: string, nDim: number, base: string): string =>
    `${base === 'latent' ? '' : `${base}-`}${kind}-${nDim}d`;
  const info =
    stored.find((picture) => own(picture.kind, picture.nDim, picture.space) === space) ??
    stored.find((picture) => picture.space === space && picture.nDim === 2) ??
    stored.find((picture) => picture.nDim === 2) ??
    stored.at(0);
  if (info === undefined) return null;
  const isCategorical = project.datasets
    .find(({ id }) => id === run.datasetId)
    ?.obsColumns.some((column) => column.name === labels && column.kind === 'categorical');
  const [picture, clusters, obs, column, columns] = await Promise.all([
    fetchArray(bulkRoutes.embedding(uuid, info.id)),
    fetchArray<Int32Array>(bulkRoutes.clustering(uuid, clustering)),
    fetchArray<Int32Array>(bulkRoutes.runObs(uuid, run.id)),
    isCategorical ? fetchArray<Int32Array>(bulkRoutes.obsColumn(uuid, run.datasetId, labels)) : null,
    isCategorical ? core.datasets.columns({ project: uuid, dataset: run.datasetId }) : [],
  ]);
  const base = info.space === 'latent' ? 'latent' : info.space === 'denoised' ? 'denoised matrix' : 'measured values';
  return {
    title: `${TITLES[info.kind]} ${info.nDim}-D of the ${base}`,
    values: picture.values,
    nDim: info.nDim,
    clusters: clusters.values,
    labels: column === null ? null : obs.values.map((at) => column.values[at]),
    labelColours: columns.find(({ name }) => name === labels)?.colours ?? null,
  };
}
