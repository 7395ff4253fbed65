import { expect, it } from 'vitest';
import type { Job } from '../../app/jobs.svelte.ts';
import type { Search, Trial } from './search-types.ts';
import { bestSoFar, secondsLeft, sortTrials, trialStage, valueText, wantsLog } from './trial-words.ts';

const trial = (number: number, changes: Partial<Trial> = {}): Trial => ({
  number,
  parameters: { width: ['64', '128-32', '8'][number % 3] },
  state: 'done',
  value: 1,
  reason: null,
  run: number,
  epochs: 10,
  seconds: 4,
  ...changes,
});

it('tells where a trial is', () => {
  const open = trial(0, { state: 'open', value: null });
  expect(trialStage(open, 'running', undefined)).toBe('waiting');
  expect(trialStage(open, 'running', { state: 'running', kind: 'train' } as Job)).toBe('training');
  expect(trialStage(open, 'running', { state: 'running', kind: 'score' } as Job)).toBe('scoring');
  expect(trialStage(open, 'stopped', undefined)).toBe('stopped');
  expect(trialStage(trial(1, { state: 'pruned' }), 'running', undefined)).toBe('pruned');
});

it('follows the best of those that were trained to the end', () => {
  const trials = [
    trial(0, { value: 3 }),
    trial(1, { value: 1, state: 'pruned' }),
    trial(2, { value: 4 }),
    trial(3, { value: 2 }),
  ];
  expect(bestSoFar(trials, false).map(({ best }) => best)).toEqual([3, 3, 2]);
  expect(bestSoFar(trials, true).map(({ best }) => best)).toEqual([3, 4, 4]);
});

it('sorts by any column, what cannot be compared last', () => {
  const trials = [
    trial(0, { value: 3 }),
    trial(1, { value: 1, state: 'pruned' }),
    trial(2, { value: 2 }),
    trial(3, { value: null, state: 'failed' }),
  ];
  const order = (key: Parameters<typeof sortTrials>[1]['key'], descending = false) =>
    sortTrials(trials, { key, descending }).map(({ number }) => number);
  expect(order('value')).toEqual([2, 0, 1, 3]);
  expect(order('value', true)).toEqual([0, 2, 1, 3]);
  expect(order('number', true)).toEqual([3, 2, 1, 0]);
  expect(order('set width')).toEqual([2, 0, 3, 1]);
});

it('expects the others to take what these took', () => {
  const spec = { trials: 5 } as Search['spec'];
  const open = trial(2, { state: 'open' });
  expect(secondsLeft({ trials: [trial(0), trial(1, { seconds: 8 }), open], spec }, 2)).toBe(2 * 6 + 2);
  expect(secondsLeft({ trials: [], spec }, null)).toBeNull();
});

it('spreads figures that are far apart by their logarithm', () => {
  expect([wantsLog([1, 2]), wantsLog([1, 40]), wantsLog([-1, 40]), wantsLog([])]).toEqual([false, true, false, false]);
});

it('keeps figures apart that lie close together', () => {
  expect(valueText(0.216134)).toBe('0.2161');
  expect(valueText(123456)).toBe('123,456');
  expect(valueText(null)).toBe('');
});
