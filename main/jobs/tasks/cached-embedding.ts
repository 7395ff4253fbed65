import { computeEmbedding } from '../../embed/compute-embedding.ts';
import { embeddingParameters } from '../../embed/embedding-parameters.ts';
import type { EmbeddingInfo, RunInfo } from '../../projects/project.types.ts';
import type { BaseSpace } from '../job-spec.ts';
import { dataPoints } from './data-points.ts';
import type { JobContext } from './job-context.ts';
import { spacePoints } from './space-points.ts';

export interface EmbeddingWish {
  /** Null: a picture of the dataset itself. */
  run: RunInfo | null;
  datasetId: number;
  space: BaseSpace;
  method: 'pca' | 'umap' | 'tsne';
  nDim: 2 | 3;
  parameters: Record<string, unknown>;
}

export interface CachedEmbedding {
  info: EmbeddingInfo;
  /** [nObs, nDim], row-major */
  values: Float32Array;
  cached: boolean;
  notes: string[];
}

/** A picture of a space: the stored one where the same inputs gave it, else computed and stored. */
export async function cachedEmbedding(context: JobContext, wish: EmbeddingWish): Promise<CachedEmbedding> {
  const { project } = context;
  const { run, datasetId, space, method: kind, nDim } = wish;
  const startedAt = performance.now();
  const settings = embeddingParameters(kind, wish.parameters);
  const recipe = run?.recipe ?? project.recipes.current(datasetId).recipe;
  // A picture of the dataset itself depends on its recipe, which may change; that of a run is fixed with the run.
  const parameters = run ? settings : { ...settings, recipe };
  const key = { datasetId, runId: run?.id ?? null, space, kind, nDim, parameters };
  const found = project.embeddings.find(key);
  if (found) return { info: found, values: project.embeddings.values(found.id).values, cached: true, notes: [] };
  const points = run ? await spacePoints(context, run, space) : await dataPoints(context, { datasetId, recipe });
  const { values, notes } = await computeEmbedding(kind, points, { ...settings, nDim }, context);
  const info = project.embeddings.put({ ...key, wallSeconds: (performance.now() - startedAt) / 1000 }, values);
  return { info, values, cached: false, notes };
}
