import type { Points } from '../../embed/points.ts';
import type { RunInfo } from '../../projects/project.types.ts';
import type { ScoreSpec } from '../job-spec.ts';
import { cachedEmbedding } from './cached-embedding.ts';
import type { JobContext } from './job-context.ts';
import type { NamedSpace } from './space-name.ts';
import { spacePoints } from './space-points.ts';

/** The points of a space of a run, or of a picture of it, which is made where it is missing. */
export async function namedPoints(
  context: JobContext,
  run: RunInfo,
  space: NamedSpace,
  { seed, pictures }: Pick<ScoreSpec, 'seed' | 'pictures'>,
  notes: string[],
): Promise<Points> {
  if (!space.picture) return spacePoints(context, run, space.base);
  const { method, nDim } = space.picture;
  const parameters = method === 'pca' ? {} : { ...pictures[method], seed };
  const picture = await cachedEmbedding(context, {
    run,
    datasetId: run.datasetId,
    space: space.base,
    method,
    nDim,
    parameters,
  });
  notes.push(...picture.notes);
  return { values: picture.values, nDim, nObs: picture.values.length / nDim };
}
