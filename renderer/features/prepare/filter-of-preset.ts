import type { Filter } from '../../app/recipe.svelte.ts';

/**
 * The filter with the limits of a preset where it has none of its own. What was chosen in Quality is never replaced.
 * Null when the preset adds nothing.
 */
export function withPresetLimits(filter: Filter, preset: Filter): Filter | null {
  const obs = { ...filter.obs };
  const genes = { ...filter.var };
  const added = fillIn(obs, preset.obs) + fillIn(genes, preset.var);
  return added === 0 ? null : { obs, var: genes };
}

function fillIn<Limits extends Record<string, number | null>>(limits: Limits, from: Limits): number {
  let added = 0;
  for (const key of Object.keys(from) as (keyof Limits)[]) {
    if (limits[key] !== null || from[key] === null) continue;
    limits[key] = from[key];
    added++;
  }
  return added;
}

const words: Record<string, (limit: string, noun: string) => string> = {
  'obs minCounts': (limit, noun) =>
    limit === '1' ? `${noun} without counts` : `${noun} with fewer than ${limit} counts`,
  'obs maxCounts': (limit, noun) => `${noun} with more than ${limit} counts`,
  'obs minGenes': (limit, noun) => `${noun} with fewer than ${limit} genes`,
  'obs maxGenes': (limit, noun) => `${noun} with more than ${limit} genes`,
  'obs maxMitoPercent': (limit, noun) => `${noun} above ${limit} % mitochondrial counts`,
  'var minCells': (limit, noun) => `genes in fewer than ${limit} ${noun}`,
  'var minCounts': (limit) => (limit === '1' ? 'genes without counts' : `genes with fewer than ${limit} counts`),
  'var maxCount': (limit) => `genes with a count above ${limit}`,
};

/** What a filter leaves out, in words: 'genes in fewer than 3 cells'. */
export function limitWords(filter: Filter, noun: string): string {
  const parts = (['obs', 'var'] as const).flatMap((axis) =>
    Object.entries(filter[axis])
      .filter(([, limit]) => limit !== null)
      .map(([key, limit]) => words[`${axis} ${key}`](String(limit), noun)),
  );
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}
