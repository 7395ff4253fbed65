import type { WireError } from '../errors/lacuna-error.ts';
import type { Progress } from '../dataset/progress.ts';
import type { JobKind } from './job-spec.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** A job as everything outside sees it: plain JSON. */
export interface JobInfo {
  id: string;
  kind: JobKind;
  /** The project it works on (uuid). */
  project: string;
  /** 'Training AE, seed 1', 'Importing filtered_feature_bc_matrix.h5' … */
  title: string;
  state: JobState;
  runId: number | null;
  progress: Progress | null;
  /** What the job made (`JobResults` by kind); null until it is done. */
  result: unknown;
  error: WireError | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
}

/** One change of a job. Event ids only grow within one supervisor, so a listener can join again where it left. */
export interface JobEvent {
  id: number;
  job: JobInfo;
}

/** A job that will not change any more. */
export function isOver(job: JobInfo): boolean {
  return job.state === 'done' || job.state === 'failed' || job.state === 'cancelled';
}
