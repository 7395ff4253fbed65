import { exactExp } from '../exact/exact-math.ts';
import type { SineSettings } from './sine-settings.ts';

/**
 * What a network is given for a count, and the count that its answer stands for (paper, section Methods): as it is, divided by the
 * largest entry, or its logarithm; rounded to whole numbers, and at least 1, since the index says that it is not 0.
 */
export function targetOf(count: number, kind: SineSettings['normalisation'], largest: number): number {
  if (kind === 'none') return count;
  return kind === 'max' ? count / largest : Math.log(count);
}

export function countOf(answer: number, kind: SineSettings['normalisation'], largest: number): number {
  const value = kind === 'none' ? answer : kind === 'max' ? answer * largest : exactExp(Math.min(answer, 30));
  return Math.max(1, Math.min(2 ** 24, Math.floor(value + 0.5)));
}
