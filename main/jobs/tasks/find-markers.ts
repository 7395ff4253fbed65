import { createHash } from 'node:crypto';
import { MARKER_COLUMNS } from '../../contract/markers/marker-columns.ts';
import { scoreMarkers, type GroupMarkers } from '../../embed/markers/score-markers.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { inputKey } from '../../json/canonical-json.ts';
import { buildExpressionSource } from '../../preprocess/build-expression-source.ts';
import type { PreparedExpression } from '../../preprocess/prepared-expression.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import type { MarkerTableInfo, Project } from '../../projects/project.types.ts';
import type { MarkersResult } from '../job-results.ts';
import type { MarkersSpec } from '../job-spec.ts';
import type { JobContext } from './job-context.ts';
import { markerContests, type MarkerContest } from './marker-contests.ts';

/**
 * Finds the genes that tell groups of a dataset apart, on log-normalised values; one table a group, stored with the
 * dataset. What was found before for the same cells and values is given again.
 *
 * @throws LacunaError `not-found`, `bad-request`, `bad-option`, `cancelled`
 */
export async function findMarkers(spec: MarkersSpec, context: JobContext): Promise<MarkersResult> {
  const { project } = context;
  const { datasetId } = spec;
  const { contests, run } = markerContests(project, spec);
  const recipe = markerRecipe(run?.recipe ?? project.recipes.current(datasetId).recipe, project, datasetId);
  const found = contests.map((contest) => project.markers.find(datasetId, keyOf(contest, recipe)));
  if (found.every((table) => table !== null)) return { tables: found, cached: true, notes: [] };

  const expression = await markerExpression(project, datasetId, recipe, context);
  const notes: string[] = [];
  const tables: MarkerTableInfo[] = [];
  // Groups that meet each other share their comparisons.
  const together = contests.length > 1 && contests.every(({ codes }) => codes === contests[0].codes);
  for (const group of together ? [contests] : contests.map((contest) => [contest])) {
    const codes = Int32Array.from(expression.obsIndex, (obs) => group[0].codes[obs]);
    const present = new Set(codes);
    const wanted = group.filter((contest) => {
      if (present.has(contest.wanted)) return true;
      notes.push(`${contest.group} has no cells that pass the filter.`);
      return false;
    });
    if (wanted.length === 0) continue;
    const scored = await scoreMarkers(
      expression,
      codes,
      wanted.map((contest) => contest.wanted),
      context,
    );
    const sizes = countCodes(codes);
    for (const markers of scored) {
      const contest = wanted.find((one) => one.wanted === markers.group)!;
      tables.push(store(project, datasetId, contest, recipe, expression, markers, sizes));
    }
  }
  if (tables.length === 0)
    throw new LacunaError(
      'bad-request',
      `There is nothing to compare: ${notes.join(' ')}`,
      'Change the filter or the group.',
    );
  return { tables, cached: false, notes };
}

function store(
  project: Project,
  datasetId: number,
  contest: MarkerContest,
  recipe: Recipe,
  { varIndex }: PreparedExpression,
  markers: GroupMarkers,
  sizes: ReadonlyMap<number, number>,
): MarkerTableInfo {
  const all = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  const others = markers.nComparisons;
  const facts = {
    source: contest.source,
    group: contest.group,
    against: contest.against ?? (others === 1 ? 'the one other group' : `each of the other ${others} groups`),
    nGroup: markers.n,
    nOthers: all - markers.n,
    nComparisons: others,
    recipe,
  };
  const values = { nDim: MARKER_COLUMNS.length, values: markers.values };
  return project.markers.put(datasetId, keyOf(contest, recipe), facts, varIndex, values);
}

/**
 * Cells and genes as the recipe filters them, values scaled to its library size and logarithms taken; variable genes
 * alone and scaled genes would hide markers. Counts that the recipe leaves as they are get 10,000 a cell, values that
 * were normalised elsewhere stay.
 */
function markerRecipe({ filter, normalisation }: Recipe, project: Project, datasetId: number): Recipe {
  const { valueKind } = project.datasets.get(datasetId);
  const isCounts = valueKind === 'counts';
  const { librarySize } = normalisation;
  return {
    filter,
    normalisation: {
      librarySize: isCounts && librarySize === 'none' ? 'cp10k' : librarySize,
      log1p: isCounts || normalisation.log1p,
      variableGenes: null,
      scale: 'none',
      clip: null,
    },
  };
}

async function markerExpression(
  project: Project,
  datasetId: number,
  recipe: Recipe,
  context: JobContext,
): Promise<PreparedExpression> {
  const counts = await project.datasets.load(datasetId, undefined, context);
  const { names, columns } = project.datasets.var(datasetId);
  return buildExpressionSource({ counts, varNames: names, varColumns: columns, recipe }, context);
}

function keyOf({ codes, wanted, group, against }: MarkerContest, recipe: Recipe): string {
  const cells = createHash('sha256')
    .update(new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength))
    .digest('hex');
  return inputKey({ cells, wanted, group, against, recipe });
}

function countCodes(codes: Int32Array): Map<number, number> {
  const sizes = new Map<number, number>();
  for (const code of codes) if (code >= 0) sizes.set(code, (sizes.get(code) ?? 0) + 1);
  return sizes;
}
