import type { CategoricalColumn } from '../../../dataset/column.ts';
import type { ExportObsm } from '../../../export/export-source.ts';
import type { ClusteringInfo, EmbeddingInfo, Project, RunInfo } from '../../../projects/project.types.ts';
import { takeRows } from './take-axis.ts';

/**
 * The clusterings of a run as annotations of its observations: `kmeans_latent`, `leiden_tsne-2d` … When one method was
 * used with several settings, they are told apart by a number.
 */
export function clusterColumns(project: Project, run: RunInfo): CategoricalColumn[] {
  const used = new Map<string, number>();
  return project.clusterings.list(run.id).map((clustering) => {
    const base = `${clustering.kind}_${clustering.space}`;
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    return clusterColumn(project, clustering, count === 1 ? base : `${base}_${count}`);
  });
}

/** One clustering; clusters are called 1, 2, 3 … */
function clusterColumn(project: Project, clustering: ClusteringInfo, name: string): CategoricalColumn {
  const codes = project.clusterings.codes(clustering.id);
  const categories = Array.from({ length: clustering.nClusters }, (_, code) => String(code + 1));
  return { kind: 'categorical', name, codes, categories, ordered: false };
}

/** Latent, pictures and coordinates of a run's observations under the names that the field gives them. */
export function runArrays(project: Project, run: RunInfo): ExportObsm[] {
  const arrays: ExportObsm[] = [];
  const used = new Set<string>();
  const add = (array: ExportObsm) => {
    let name = array.name;
    for (let i = 2; used.has(name); i++) name = `${array.name}_${i}`;
    used.add(name);
    arrays.push({ ...array, name });
  };
  const { obsIndex } = project.runs.axes(run.id);
  for (const { name } of project.datasets.get(run.datasetId).obsm) {
    const { nDim, values, unit } = project.datasets.obsm(run.datasetId, name);
    add({ name, nDim, values: takeRows(values, nDim, obsIndex), unit });
  }
  const latent = project.runs.latent(run.id);
  if (latent) add({ name: 'X_latent', ...latent });
  for (const embedding of project.embeddings.list(run.id))
    add({ name: pictureName(embedding), ...project.embeddings.values(embedding.id) });
  return arrays;
}

/** `X_umap`, `X_tsne_3d`, `X_denoised_pca` … */
export function pictureName({ space, kind, nDim }: Pick<EmbeddingInfo, 'space' | 'kind' | 'nDim'>): string {
  return `X_${space === 'latent' ? '' : `${space}_`}${kind}${nDim === 2 ? '' : `_${nDim}d`}`;
}
