import { isOver } from '../jobs/job-info.ts';
import type { JobInfo } from '../jobs/job-info.ts';
import type { JobSpec } from '../jobs/job-spec.ts';
import type { StopReason } from '../jobs/worker/worker-messages.ts';
import type { Project } from '../projects/project.types.ts';

/**
 * Brings the stored run in line with its job. A worker that ended in good order has written the run's state itself; one
 * that was lost could not, and neither could a job that never got a worker.
 */
export function runAfterJob(project: Project, job: JobInfo, spec: JobSpec, stopReason: StopReason | null): void {
  if (spec.kind !== 'train' || !isOver(job) || job.state === 'done') return;
  const run = project.runs.list().find((candidate) => candidate.id === spec.runId);
  // Null: it was removed while the job stopped.
  if (!run) return;
  if (run.state !== 'queued' && run.state !== 'running') return;
  const { process: _gone, ...versions } = run.versions;
  const finishedAt = new Date().toISOString();
  if (job.state === 'cancelled') {
    project.runs.update(run.id, {
      state: stopReason === 'closing' ? 'interrupted' : 'cancelled',
      versions,
      finishedAt,
    });
    return;
  }
  const lost = job.error?.code === 'worker-lost' || job.error?.code === 'out-of-memory';
  const error = job.error && { code: job.error.code, what: job.error.what, remedy: job.error.remedy };
  project.runs.update(run.id, { state: lost ? 'interrupted' : 'failed', error, versions, finishedAt });
}
