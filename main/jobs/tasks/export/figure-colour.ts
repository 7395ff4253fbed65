import { MOST_TEXT_CATEGORIES } from '../../../contract/words/text-groups.ts';
import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { Column } from '../../../dataset/column.ts';
import type { CategoryColouring, NumberColouring } from '../../../export/figures/embedding-figure.ts';
import type { RunInfo } from '../../../projects/project.types.ts';
import type { JobContext } from '../job-context.ts';
import { distinctTexts, textCategories } from '../../../dataset/text-categories.ts';
import { labelsColumn } from '../labels-column.ts';
import { clusterColumns } from './run-columns.ts';
import { geneColour } from './gene-colour.ts';
import { takeAxis } from './take-axis.ts';

type Colouring = CategoryColouring | NumberColouring;

/**
 * What colours the observations of a run: `gene:NAME` as measured, `denoised:NAME`, a clustering, or an obs column. With
 * nothing said: the labels where there are some, else the clusters.
 *
 * @throws LacunaError `not-found` naming what there is
 */
export async function figureColour(context: JobContext, run: RunInfo, wish: string | undefined): Promise<Colouring> {
  const { project } = context;
  const gene = /^(gene|denoised):(.+)$/.exec(wish ?? '');
  if (gene) return geneColour(context, run, gene[2], gene[1] === 'denoised');
  const { obsIndex } = project.runs.axes(run.id);
  const clusters = clusterColumns(project, run);
  if (wish === undefined) {
    const labels = labelsOrNull(context, run);
    if (labels) return colouring(takeAxis({ names: [], columns: [labels] }, obsIndex).columns[0]);
    if (clusters[0]) return colouring(clusters[0]);
    throw new LacunaError(
      'not-found',
      'This dataset has no labels and this run no clusters to colour by.',
      'Name an annotation or gene:NAME, or cluster the run first.',
    );
  }
  const cluster = clusters.find(
    (column) => wish === 'cluster' || column.name === wish || column.name.startsWith(`${wish}_`),
  );
  const { columns } = project.datasets.obs(run.datasetId);
  const annotation = columns.find((column) => column.name === wish);
  if (annotation) return colouring(takeAxis({ names: [], columns: [annotation] }, obsIndex).columns[0]);
  if (cluster) return colouring(cluster);
  const choices = [...columns, ...clusters].map((column) => column.name);
  throw new LacunaError(
    'not-found',
    `There is nothing called "${wish}" to colour by.`,
    `Choose one of ${choices.join(', ') || 'the genes'}, or gene:NAME.`,
    { choices },
  );
}

function labelsOrNull(context: JobContext, run: RunInfo): Column | null {
  try {
    return labelsColumn(context.project, run.datasetId);
  } catch (thrown) {
    if (LacunaError.from(thrown).code === 'not-found') return null;
    throw thrown;
  }
}

function colouring(column: Column): Colouring {
  switch (column.kind) {
    case 'numeric':
      return { kind: 'numeric', label: column.name, unit: '', values: column.values };
    case 'categorical':
      return {
        kind: 'categorical',
        label: column.name,
        codes: column.codes,
        categories: column.categories,
        colours: column.colours,
      };
    case 'string': {
      const groups = textCategories(column);
      if (groups !== null) return colouring(groups);
      throw new LacunaError(
        'bad-option',
        `"${column.name}" holds ${distinctTexts(column).length.toLocaleString('en-US')} different texts; at most ${MOST_TEXT_CATEGORIES} can be told apart by colour.`,
        'Colour by another annotation.',
      );
    }
  }
}
