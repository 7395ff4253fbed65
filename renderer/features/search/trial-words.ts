import type { Job } from '../../app/jobs.svelte.ts';
import { formatFigure } from '../../design/format.ts';
import type { Search, Trial } from './search-types.ts';

export type TrialStage = 'waiting' | 'training' | 'scoring' | 'done' | 'pruned' | 'failed' | 'stopped';

/** Where a trial is; an open one that nobody works on was stopped or interrupted. */
export function trialStage(trial: Trial, searchState: Search['state'], job: Job | undefined): TrialStage {
  if (trial.state !== 'open') return trial.state;
  if (job?.state === 'running') return job.kind === 'train' ? 'training' : 'scoring';
  return searchState === 'running' ? 'waiting' : 'stopped';
}

const WORDS: Record<TrialStage, string> = {
  waiting: 'waiting',
  training: 'training',
  scoring: 'being scored',
  done: 'done',
  pruned: 'stopped early',
  failed: 'failed',
  stopped: 'not finished',
};

export function stageWords(stage: TrialStage): string {
  return WORDS[stage];
}

/** Four digits: trials of a search lie close together. */
export function valueText(value: number | null): string {
  if (value === null) return '';
  return Math.abs(value) >= 10_000 ? formatFigure(value) : String(Number(value.toPrecision(4)));
}

/** Whether figures are so far apart that only their logarithms can be told apart on one axis. */
export function wantsLog(values: readonly number[]): boolean {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return low > 0 && high > 3 * low;
}

/** The best value after each finished trial, in the order of the trials. */
export function bestSoFar(trials: readonly Trial[], higherIsBetter: boolean): { number: number; best: number }[] {
  let best = higherIsBetter ? -Infinity : Infinity;
  const steps: { number: number; best: number }[] = [];
  for (const { number, state, value } of trials) {
    if (state !== 'done' || value === null) continue;
    best = higherIsBetter ? Math.max(best, value) : Math.min(best, value);
    steps.push({ number, best });
  }
  return steps;
}

/**
 * Seconds until all trials are over, by what those that are over took, stopped ones included.
 *
 * @param now seconds left of the trial under way, where it says so
 */
export function secondsLeft({ trials, spec }: Pick<Search, 'trials' | 'spec'>, now: number | null): number | null {
  const over = trials.filter(({ state }) => state !== 'open');
  if (over.length === 0) return null;
  const usual = over.reduce((sum, { seconds }) => sum + seconds, 0) / over.length;
  const left = spec.trials - over.length;
  if (left === 0) return 0;
  return usual * (left - 1) + (now === null ? usual : Math.min(now, 2 * usual));
}

export type TrialSortKey = 'number' | 'state' | 'value' | 'epochs' | 'seconds' | `set ${string}`;
export interface TrialSorting {
  key: TrialSortKey;
  descending: boolean;
}

/** Trials in an order; what has no figure comes last either way. */
export function sortTrials(trials: readonly Trial[], { key, descending }: TrialSorting): Trial[] {
  const sign = descending ? -1 : 1;
  const of = (trial: Trial): string | number | null => {
    if (key === 'number' || key === 'value' || key === 'epochs' || key === 'seconds') return trial[key];
    if (key === 'state') return trial.state;
    const value = trial.parameters[key.slice('set '.length)] ?? null;
    return typeof value === 'boolean' ? String(value) : value;
  };
  return trials.toSorted((a, b) => {
    const [x, y] = [of(a), of(b)];
    // A trial that was stopped early is not compared with those that were trained to the end.
    const [late, later] = [a, b].map((trial, i) => [x, y][i] === null || (key === 'value' && trial.state !== 'done'));
    if (late !== later) return late ? 1 : -1;
    if (x === null || y === null) return a.number - b.number;
    if (typeof x === 'number' && typeof y === 'number') return sign * (x - y) || a.number - b.number;
    return sign * String(x).localeCompare(String(y), undefined, { numeric: true }) || a.number - b.number;
  });
}
