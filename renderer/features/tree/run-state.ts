import type { Job } from '../../app/jobs.svelte.ts';
import type { RunInfo } from '../../app/project.svelte.ts';

/** The state of a run in a word or two, for its line in the tree. */
export function runStateText(run: RunInfo, job: Job | undefined): string {
  switch (run.state) {
    case 'queued':
      return 'waiting';
    case 'running': {
      const fraction = job?.progress?.fraction;
      return fraction == null ? 'running' : `${Math.floor(100 * fraction)}%`;
    }
    case 'done':
      return 'done';
    case 'interrupted':
      return 'interrupted';
    case 'cancelled':
      return 'stopped';
    case 'failed':
      return 'failed';
  }
}

/** Everything about a run that its line has no room for. */
export function runTitle(run: RunInfo, job: Job | undefined): string {
  const lines = [`${run.name}: ${runStateText(run, job)}`];
  if (run.error !== null) lines.push(run.error.what, run.error.remedy);
  if (isOutdated(run)) lines.push('Out of date: other cells or genes are kept now than when it was made.');
  return lines.filter((line) => line !== '').join('\n');
}

/** True when an earlier step has changed since the run was made, where the core says so. */
export function isOutdated(run: RunInfo): boolean {
  return 'outdated' in run && run.outdated === true;
}
