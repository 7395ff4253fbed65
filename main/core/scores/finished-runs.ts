import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Project } from '../../projects/project.types.ts';

/**
 * The runs that were asked for; without any, every finished one.
 *
 * @param column left out: all datasets; else those alone that have this obs column
 * @throws LacunaError `not-found` when there are none
 */
export function finishedRuns(project: Project, runIds: readonly number[] | undefined, column?: string): number[] {
  if (runIds !== undefined && runIds.length > 0) return [...runIds];
  const done = project.runs.list().filter((run) => run.state === 'done');
  if (done.length === 0)
    throw new LacunaError('not-found', 'There is no finished run to score in this project.', 'Train a method first.');
  if (column === undefined) return done.map((run) => run.id);
  const fitting = done.filter((run) =>
    project.datasets.get(run.datasetId).obsColumns.some(({ name }) => name === column),
  );
  if (fitting.length === 0)
    throw new LacunaError(
      'not-found',
      `No dataset with a finished run has a column "${column}".`,
      'Name one of the annotations of its cells; `lacuna info` lists them.',
    );
  return fitting.map((run) => run.id);
}
