import type { Points } from '../../embed/points.ts';
import { fitPca } from '../../methods/pca/fit-pca.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import type { JobContext } from './job-context.ts';
import { loadExpression } from './load-expression.ts';

/** As the field does: neighbours and groups are looked for among the first 50 principal components. */
const COMPONENTS = 50;
/** Of the random start of the eigenvalue search; it has no visible effect on the components. */
const SEED = 1;

/** The transformed expression itself as points: its first principal components, [nObs, ≤ 50]. */
export async function dataPoints(context: JobContext, from: { datasetId: number; recipe: Recipe }): Promise<Points> {
  const data = await loadExpression(context.project, from, context);
  const engine = await context.engine();
  const { scores } = await fitPca(
    {
      data,
      engine,
      parameters: {},
      seed: SEED,
      signal: context.signal,
      report: context.report,
      record: () => {},
      resumeFrom: null,
      checkpoint: () => {},
    },
    COMPONENTS,
  );
  return { values: scores.values, nDim: scores.nDim, nObs: data.nObs };
}
