import type { Job } from '../../app/jobs.svelte.ts';
import { formatCount, formatDuration, formatFigure } from '../../design/format.ts';

/** What a job is doing, in a line: 'epoch 124/200 · loss 812 · 1,900 cells/s · 2 min left'. */
export function jobWords(job: Job): string {
  if (job.state === 'queued') return 'waiting';
  if (job.state === 'done') return 'done';
  if (job.state === 'cancelled') return 'cancelled';
  if (job.state === 'failed') return job.error?.what ?? 'failed';
  const { progress } = job;
  if (progress === null) return 'starting';
  const parts = [progress.stage];
  const { epoch, epochs, losses, obsPerSecond } = (progress.detail ?? {}) as {
    epoch?: number;
    epochs?: number;
    losses?: Record<string, number>;
    obsPerSecond?: number;
  };
  if (epoch !== undefined) parts[0] = `epoch ${epoch}${epochs === undefined ? '' : `/${epochs}`}`;
  else if (progress.fraction !== null) parts.push(`${Math.floor(100 * progress.fraction)} %`);
  if (losses?.total !== undefined) parts.push(`loss ${formatFigure(losses.total)}`);
  if (obsPerSecond !== undefined) parts.push(`${formatCount(Math.round(obsPerSecond))} cells/s`);
  if (progress.etaSeconds != null && progress.etaSeconds >= 1)
    parts.push(`${formatDuration(progress.etaSeconds)} left`);
  return parts.join(' · ');
}
