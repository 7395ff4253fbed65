import { expect, it } from 'vitest';
import type { EpochRecord } from '../methods/method.ts';
import { watchEpochs } from './watch-epochs.ts';

const record = (epoch: number, nll: number | null): EpochRecord => ({
  epoch,
  train: { total: 9 },
  heldOut: nll === null ? null : { total: 9, nll },
  obsPerSecond: 1,
});
const rule = {
  term: 'nll',
  of: 'the median',
  limits: [
    { epoch: 2, limit: 0.5, nTrials: 6 },
    { epoch: 4, limit: 0.3, nTrials: 6 },
  ],
};

it('lets go on what has reached the limit once, and says why of what has not', () => {
  const watch = watchEpochs(rule, []);
  expect([record(1, 0.4), record(2, 0.9), record(3, 0.8)].map(watch)).toEqual([null, null, null]);
  expect(watch(record(4, 0.7))).toEqual({
    epoch: 4,
    least: 0.4,
    why: 'Stopped after epoch 4: its held-out loss (nll) had come down to 0.4, the median of 6 earlier trials to 0.3.',
  });
});

it('knows what earlier sessions reached, and asks nothing of a run that holds nothing out', () => {
  expect(watchEpochs(rule, [record(1, 0.2)])(record(2, 0.9))).toBeNull();
  expect(watchEpochs(rule, [])(record(2, null))).toBeNull();
});
