import type { Grouping } from './overview-state.svelte.ts';

/** Observations of each group in each batch. */
export interface Composition {
  /** Batches that occur, in the order of their column; the last is 'no value' where some have none. */
  batches: { name: string; total: number }[];
  /** Groups that occur, largest first. */
  groups: { name: string; code: number; total: number; /** [batches] */ counts: number[] }[];
}

/** Cross-tabulates two columns of the same observations; those without a value are counted as such. */
export function composition(batches: Grouping, types: Grouping): Composition {
  const [nBatches, nTypes] = [batches.categories.length + 1, types.categories.length + 1];
  const table = new Float64Array(nBatches * nTypes);
  for (let i = 0; i < batches.codes.length; i++) {
    const b = batches.codes[i] < 0 ? nBatches - 1 : batches.codes[i];
    const t = types.codes[i] < 0 ? nTypes - 1 : types.codes[i];
    table[b * nTypes + t]++;
  }
  const named = (names: readonly string[], code: number): string => names[code] ?? 'no value';
  const total = (b: number): number => table.subarray(b * nTypes, (b + 1) * nTypes).reduce((sum, n) => sum + n, 0);
  const kept = Array.from({ length: nBatches }, (_, b) => b).filter((b) => total(b) > 0);
  const groups = Array.from({ length: nTypes }, (_, t) => {
    const counts = kept.map((b) => table[b * nTypes + t]);
    const code = t === nTypes - 1 ? -1 : t;
    return { name: named(types.categories, t), code, counts, total: counts.reduce((sum, n) => sum + n, 0) };
  });
  return {
    batches: kept.map((b) => ({ name: named(batches.categories, b), total: total(b) })),
    groups: groups.filter((group) => group.total > 0).sort((a, b) => b.total - a.total),
  };
}
