import { LacunaError } from '../errors/lacuna-error.ts';
import type { DatasetInfo, Project, RunInfo } from '../projects/project.types.ts';

/** The dataset that was asked for, else the newest one. @throws LacunaError `not-found` */
export function chooseDataset(project: Project, datasetId?: number): DatasetInfo {
  if (datasetId !== undefined) return project.datasets.get(datasetId);
  const newest = project.datasets
    .list()
    .toSorted((a, b) => a.id - b.id)
    .at(-1);
  if (!newest) throw new LacunaError('not-found', 'This project has no dataset yet.', 'Import a file first.');
  return newest;
}

/** The newest finished run. @throws LacunaError `not-found` */
export function chooseRun(project: Project): RunInfo {
  const newest = project.runs
    .list()
    .filter((run) => run.state === 'done')
    .toSorted((a, b) => a.id - b.id)
    .at(-1);
  if (!newest) throw new LacunaError('not-found', 'This project has no finished run yet.', 'Train a method first.');
  return newest;
}
