import { describe, expect, it } from 'vitest';
import { pruningSchema, stopLimits, type TrialCurve } from './pruning.ts';

const done = (...heldOut: number[]): TrialCurve => ({ heldOut, finished: true });
const pruned = (...heldOut: number[]): TrialCurve => ({ heldOut, finished: false });

describe('the median rule', () => {
  const rule = pruningSchema.parse({ kind: 'median', startTrials: 3, warmUpEpochs: 1 });
  it('waits for finished trials', () => {
    expect(stopLimits(rule, [done(1, 1), done(1, 1), pruned(9), done()], 10)).toEqual([]);
  });
  it('takes the median of what they had reached, also of those that were over by then', () => {
    const limits = stopLimits(rule, [done(5, 4, 6), done(9, 3), done(8, 8, 8, 1), pruned(0)], 5);
    expect(limits).toEqual([
      { epoch: 2, limit: 4, nTrials: 3 },
      { epoch: 3, limit: 4, nTrials: 3 },
      { epoch: 4, limit: 3, nTrials: 3 },
    ]);
  });
});

describe('successive halving', () => {
  const rule = pruningSchema.parse({ kind: 'halving', minEpochs: 2, factor: 2 });
  it('keeps the best half of those that got to each rung', () => {
    const earlier = [done(3, 3, 3, 3), pruned(7, 7), done(2, 2, 2, 2), done(9, 1)];
    expect(stopLimits(rule, earlier, 10)).toEqual([
      { epoch: 2, limit: 2, nTrials: 4 },
      { epoch: 4, limit: 2, nTrials: 3 },
      { epoch: 8, limit: 2, nTrials: 3 },
    ]);
  });
  it('lets the first through', () => {
    expect(stopLimits(rule, [], 10)).toEqual([]);
  });
});

it('stops nothing when told so', () => {
  expect(stopLimits({ kind: 'none' }, [done(1), done(1)], 10)).toEqual([]);
});
