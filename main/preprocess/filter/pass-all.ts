import type { Criterion } from './criteria.ts';

/** [n], 1 where every rule keeps the position. */
export function passAll(n: number, criteria: readonly Criterion[]): Uint8Array {
  const kept = new Uint8Array(n).fill(1);
  for (const criterion of criteria) for (let i = 0; i < n; i++) if (!criterion.keeps(i)) kept[i] = 0;
  return kept;
}
