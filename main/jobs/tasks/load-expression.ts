import type { LongTask } from '../../dataset/progress.ts';
import { buildExpressionSource } from '../../preprocess/build-expression-source.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import type { Project } from '../../projects/project.types.ts';

/** What a run saw: its dataset under its recipe. Always the same for the same stored counts and recipe. */
export async function loadExpression(
  project: Project,
  from: { datasetId: number; recipe: Recipe },
  task: LongTask = {},
): Promise<ExpressionSource> {
  const { datasetId, recipe } = from;
  const counts = await project.datasets.load(datasetId, undefined, task);
  const { names, columns } = project.datasets.var(datasetId);
  const obsm = project.datasets.get(datasetId).obsm.map(({ name }) => project.datasets.obsm(datasetId, name));
  return buildExpressionSource({ counts, varNames: names, varColumns: columns, obsm, recipe }, task);
}
