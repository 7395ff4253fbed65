import type { Filter } from '../../app/recipe.svelte.ts';

/** Measures of quality of every cell; `mitoPercent` is null when no gene is known as mitochondrial. */
export interface ObsMeasures {
  counts: Float64Array;
  genes: Float64Array;
  mitoPercent: Float64Array | null;
}

export type ObsRule = keyof Filter['obs'];

/** What the rules on cells keep. */
export interface KeptObs {
  /** [nObs], 1 for cells that stay. */
  flags: Uint8Array;
  kept: number;
  /** The rules that are set, with what each would keep alone. */
  each: { key: ObsRule; kept: number }[];
}

/** Applies the rules in the window, so that dragging a limit needs no answer from the core. Limits themselves stay. */
export function keepObs(filter: Filter['obs'], measures: ObsMeasures): KeptObs {
  const nObs = measures.counts.length;
  const flags = new Uint8Array(nObs).fill(1);
  const each: KeptObs['each'] = [];
  const rule = (key: ObsRule, values: Float64Array | null, isMost: boolean): void => {
    const limit = filter[key];
    if (limit === null || values === null) return;
    let kept = 0;
    for (let i = 0; i < nObs; i++) {
      if (isMost ? values[i] <= limit : values[i] >= limit) kept++;
      else flags[i] = 0;
    }
    each.push({ key, kept });
  };
  rule('minCounts', measures.counts, false);
  rule('maxCounts', measures.counts, true);
  rule('minGenes', measures.genes, false);
  rule('maxGenes', measures.genes, true);
  rule('maxMitoPercent', measures.mitoPercent, true);
  let kept = 0;
  for (let i = 0; i < nObs; i++) kept += flags[i];
  return { flags, kept, each };
}
