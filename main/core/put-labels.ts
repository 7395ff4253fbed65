import { LacunaError } from '../errors/lacuna-error.ts';
import type { DatasetInfo, Project } from '../projects/project.types.ts';

/** Groups of observations under one name. */
export interface Labels {
  column: string;
  /** `obs`: positions in the dataset. Of two groups that claim an observation the later one has it. */
  groups: readonly { name: string; obs: readonly number[] }[];
  /** Put in the place of a column of this name. */
  replace: boolean;
}

/**
 * Stores groups, for instance a selection on the screen, as a categorical obs column. Who is in none has no value.
 *
 * @throws LacunaError `bad-request` when the name is taken or a position lies outside of the dataset
 */
export function putLabels(project: Project, datasetId: number, { column, groups, replace }: Labels): DatasetInfo {
  const { nObs, obsColumns } = project.datasets.get(datasetId);
  if (!replace && obsColumns.some(({ name }) => name === column)) {
    throw new LacunaError('bad-request', `There is a column "${column}" already.`, 'Choose another name.', { column });
  }
  const categories = [...new Set(groups.map(({ name }) => name))];
  const codes = new Int32Array(nObs).fill(-1);
  for (const { name, obs } of groups) {
    const code = categories.indexOf(name);
    for (const position of obs) {
      if (position >= nObs) {
        throw new LacunaError(
          'bad-request',
          `Observation ${position} was named; the dataset has ${nObs}.`,
          'Positions count from 0.',
        );
      }
      codes[position] = code;
    }
  }
  project.datasets.putObsColumn(datasetId, { kind: 'categorical', name: column, codes, categories, ordered: false });
  return project.datasets.get(datasetId);
}
