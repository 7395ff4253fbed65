import type { LongTask } from '../../dataset/progress.ts';
import type { ExpressionInput } from '../../preprocess/build-expression-source.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import type { Project } from '../../projects/project.types.ts';
import { prepareProtocol, type ProtocolData } from '../../protocols/prepare-protocol.ts';
import { protocolOf } from '../../protocols/protocol.ts';

/** Where a run's expression comes from. */
export interface ExpressionRequest {
  datasetId: number;
  recipe: Recipe;
  /** As the run stores it; left out: nothing is held out. */
  protocol?: Record<string, unknown>;
}

/**
 * What a run speaks of: its dataset under its recipe and protocol, all its observations. Always the same for the same
 * stored counts, recipe and protocol.
 */
export async function loadExpression(
  project: Project,
  from: ExpressionRequest,
  task: LongTask = {},
): Promise<ExpressionSource> {
  return (await loadProtocol(project, from, task)).shown;
}

/** What a run may see, what it speaks of, and what is true. */
export async function loadProtocol(
  project: Project,
  from: ExpressionRequest,
  task: LongTask = {},
): Promise<ProtocolData> {
  const { datasetId, recipe, protocol = {} } = from;
  const counts = await project.datasets.load(datasetId, undefined, task);
  const { names, columns } = project.datasets.var(datasetId);
  const obsm = project.datasets.get(datasetId).obsm.map(({ name }) => project.datasets.obsm(datasetId, name));
  const input: ExpressionInput = { counts, varNames: names, varColumns: columns, obsm, recipe };
  return prepareProtocol(input, protocolOf(protocol), task);
}
