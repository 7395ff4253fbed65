import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Project, RunInfo } from '../../projects/project.types.ts';

/** A run whose result can be used. @throws LacunaError `not-found`, `bad-request` while it is not finished */
export function finishedRun(project: Project, runId: number): RunInfo {
  const run = project.runs.get(runId);
  if (run.state === 'done') return run;
  throw new LacunaError(
    'bad-request',
    `${run.name} (run ${run.id}) has no result yet: it is ${run.state}.`,
    run.state === 'queued' || run.state === 'running'
      ? 'Wait until it is finished.'
      : 'Resume it, or choose another run.',
    { runId, state: run.state },
  );
}
