import { describe, expect, it } from 'vitest';
import type { Job } from '../../app/jobs.svelte.ts';
import { jobWords } from './job-words.ts';

const job = { id: 'j', kind: 'train', state: 'running', progress: null, error: null } as unknown as Job;

describe('jobWords', () => {
  it('tells epoch, loss, pace and time left of a training', () => {
    const progress = {
      stage: 'Training',
      fraction: 0.62,
      etaSeconds: 120,
      detail: { epoch: 124, epochs: 200, losses: { total: 812.4, kl: 3 }, obsPerSecond: 1900.4 },
    };
    expect(jobWords({ ...job, progress })).toBe('epoch 124/200 · loss 812 · 1,900 cells/s · 2 min left');
  });

  it('tells stage and percent of other jobs', () => {
    expect(jobWords({ ...job, progress: { stage: 'Storing counts', fraction: 0.42, etaSeconds: null } })).toBe(
      'Storing counts · 42 %',
    );
  });

  it('tells why a job failed', () => {
    const error = { code: 'bad-file', what: 'The file ends too early.', remedy: '', details: {} };
    expect(jobWords({ ...job, state: 'failed', error } as Job)).toBe('The file ends too early.');
    expect(jobWords({ ...job, state: 'queued' } as Job)).toBe('waiting');
  });
});
