import { grouped } from '../grouped-number.ts';
import { obsCriteria, varCriteria, type Criterion } from './criteria.ts';
import { passAll } from './pass-all.ts';
import type { ObsQuality } from '../quality/obs-quality.ts';
import type { VarQuality } from '../quality/var-quality.ts';
import type { Filter } from '../recipe.ts';

/** What a filter keeps of one axis, rule by rule and together. */
export interface KeptCount {
  total: number;
  kept: number;
  /** What each rule would keep alone. */
  each: { key: string; text: string; kept: number }[];
  /** 'keeps 2,511 of 2,700 cells' */
  sentence: string;
  /** [total], 1 for positions that stay. */
  flags: Uint8Array;
}

export function countKeptObs(filter: Filter['obs'], quality: ObsQuality): KeptCount {
  return count(quality.counts.length, obsCriteria(filter, quality), 'cells');
}

/** @param quality measured on the observations that stay */
export function countKeptVar(filter: Filter['var'], quality: VarQuality): KeptCount {
  return count(quality.counts.length, varCriteria(filter, quality), 'genes');
}

function count(total: number, criteria: Criterion[], noun: string): KeptCount {
  const flags = passAll(total, criteria);
  const kept = sum(flags);
  const each = criteria.map((criterion) => ({
    key: criterion.key,
    text: criterion.text,
    kept: sum(passAll(total, [criterion])),
  }));
  const sentence =
    kept === total ? `keeps all ${grouped(total)} ${noun}` : `keeps ${grouped(kept)} of ${grouped(total)} ${noun}`;
  return { total, kept, each, sentence, flags };
}

function sum(flags: Uint8Array): number {
  let n = 0;
  for (let i = 0; i < flags.length; i++) n += flags[i];
  return n;
}
