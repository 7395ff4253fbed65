import { LABEL_NAMES } from '../../contract/words/label-names.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { CategoricalColumn, Column } from '../../dataset/column.ts';
import { textCategories } from '../../dataset/text-categories.ts';
import type { Project } from '../../projects/project.types.ts';

/** Groups with fewer or more members than this are no labels: a column of barcodes, or one value for all. */
const MIN_LABELS = 2;
const MAX_LABELS = 100;

/**
 * The obs column with the known groups: the one that was asked for, else the best by its name.
 *
 * @throws LacunaError `not-found` naming the columns that there are
 */
export function labelsColumn(project: Project, datasetId: number, name?: string): CategoricalColumn {
  const { columns } = project.datasets.obs(datasetId);
  const choices = labelCandidates(project, datasetId);
  if (name !== undefined) {
    const column = columns.find((candidate) => candidate.name === name);
    const labels = column && asCategories(column);
    if (labels) return labels;
    const what = column
      ? `The column "${name}" cannot serve as labels: expected ${MIN_LABELS} to ${MAX_LABELS} groups.`
      : `There is no column "${name}" among the annotations of the cells.`;
    throw new LacunaError('not-found', what, choosing(choices), {
      column: name,
      choices: choices.map((choice) => choice.name),
    });
  }
  for (const pattern of LABEL_NAMES) {
    const found = choices.find((candidate) => pattern.test(candidate.name));
    if (found) return found;
  }
  if (choices.length === 1) return choices[0];
  throw new LacunaError('not-found', 'No column of labels to score against was recognised.', choosing(choices), {
    choices: choices.map((choice) => choice.name),
  });
}

/** Every obs column that can serve as labels: 2 to 100 groups, numbers left out. */
export function labelCandidates(project: Project, datasetId: number): CategoricalColumn[] {
  return project.datasets
    .obs(datasetId)
    .columns.map(asCategories)
    .filter((column) => column !== null);
}

function choosing(choices: readonly Column[]): string {
  if (choices.length === 0)
    return 'This dataset has no column with groups. Import it again with a labels file (CSV with barcodes and labels).';
  return `Name one of these columns: ${choices.map((choice) => choice.name).join(', ')}.`;
}

/** A column as groups; texts that repeat count, numbers do not. Null when it has too few or too many. */
function asCategories(column: Column): CategoricalColumn | null {
  if (column.kind === 'numeric') return null;
  if (column.kind === 'categorical') {
    const used = new Set(column.codes);
    used.delete(-1);
    return used.size >= MIN_LABELS && used.size <= MAX_LABELS ? column : null;
  }
  const categories = textCategories(column, MAX_LABELS);
  return categories !== null && categories.categories.length >= MIN_LABELS ? categories : null;
}
