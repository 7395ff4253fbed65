import type { JobSpec } from '../job-spec.ts';

/**
 * Jobs wait for others in their own lane only: a training uses every core for an hour, and must not keep anybody from
 * bringing a file in or taking a result out.
 */
export type JobLane = 'compute' | 'files';

export function laneOf(spec: JobSpec): JobLane {
  return spec.kind === 'import' || spec.kind === 'export' ? 'files' : 'compute';
}

/** Whether `later` needs what `earlier` makes, and so must wait for it even from another lane. */
export function needs(later: JobSpec, earlier: JobSpec): boolean {
  if (earlier.kind !== 'train' && earlier.kind !== 'score' && earlier.kind !== 'evaluate') return false;
  if (later.kind !== 'export') return false;
  if (later.runId === null) return true;
  return earlier.kind === 'train' ? earlier.runId === later.runId : earlier.runIds.includes(later.runId);
}
