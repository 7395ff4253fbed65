import { categoryColour } from '../../contract/palettes/categorical.ts';
import { clusterOrder } from '../../contract/palettes/cluster-order.ts';
import type { GroupSource } from '../../contract/entities/markers.ts';
import { textCategories } from '../../dataset/text-categories.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Project, RunInfo } from '../../projects/project.types.ts';

/** Groups of the observations of a dataset. */
export interface SourceGroups {
  /** 'cell_type', 'leiden clusters of AE · seed 1 (latent)' */
  title: string;
  /** [nObs of the dataset], -1 without a group */
  codes: Int32Array;
  categories: string[];
  /** [nCategories]: those that were chosen, else by size as the window gives them. */
  colours: string[];
  /** The run whose clusters they are. */
  run: RunInfo | null;
}

/**
 * The groups of an obs column or a clustering, over all observations of a dataset.
 *
 * @throws LacunaError `not-found`; `bad-request` for numbers, and for a clustering of another dataset
 */
export function sourceGroups(project: Project, datasetId: number, source: GroupSource): SourceGroups {
  if (source.kind === 'column') {
    const { columns } = project.datasets.obs(datasetId);
    const column = columns.find(({ name }) => name === source.name);
    if (column === undefined)
      throw new LacunaError(
        'not-found',
        `There is no column "${source.name}" among the annotations of the cells.`,
        `Name one of these: ${columns.map(({ name }) => name).join(', ') || 'there are none'}.`,
      );
    const groups = column.kind === 'string' ? textCategories(column) : column.kind === 'categorical' ? column : null;
    if (groups === null)
      throw new LacunaError(
        'bad-request',
        `The column "${source.name}" holds ${column.kind === 'numeric' ? 'numbers' : 'too many different texts'}, not groups.`,
        'Name a column of groups.',
      );
    return { title: column.name, ...withColours(groups), run: null };
  }
  const clustering = project.clusterings.list().find(({ id }) => id === source.id);
  if (clustering === undefined)
    throw new LacunaError('not-found', `There is no clustering ${source.id} in this project.`, 'Find clusters first.');
  const run = project.runs.get(clustering.runId);
  const dataset = project.datasets.get(datasetId);
  if (run.datasetId !== datasetId)
    throw new LacunaError(
      'bad-request',
      `Clustering ${source.id} is of another dataset than ${dataset.name}.`,
      'Choose a clustering of this dataset.',
    );
  const own = project.clusterings.codes(clustering.id);
  const codes = new Int32Array(dataset.nObs).fill(-1);
  project.runs.axes(run.id).obsIndex.forEach((obs, i) => (codes[obs] = own[i]));
  const categories = Array.from({ length: clustering.nClusters }, (_, code) => String(code + 1));
  const kind = clustering.kind === 'kmeans' ? 'k-means' : 'Leiden';
  return { title: `${kind} clusters of ${run.name} (${clustering.space})`, ...withColours({ codes, categories }), run };
}

function withColours({
  codes,
  categories,
  colours,
}: {
  codes: Int32Array;
  categories: string[];
  colours?: string[];
}): Pick<SourceGroups, 'codes' | 'categories' | 'colours'> {
  if (colours !== undefined) return { codes, categories, colours };
  const { order } = clusterOrder(codes, categories.length);
  const bySize = categories.map((_, code) => categoryColour(order.length + code));
  order.forEach(({ code }, rank) => (bySize[code] = categoryColour(rank)));
  return { codes, categories, colours: bySize };
}
