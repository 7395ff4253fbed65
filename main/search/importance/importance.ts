import { Random } from '../../engine/random/random.ts';
import { numberAxis } from '../number-axis.ts';
import type { SearchDomain, SearchSpace, SearchValue } from '../search-domain.ts';
import { growTree, type Leaf, type LeafSide, type TreeAxis } from './regression-tree.ts';

/** How much of the variation of the objective one setting explains by itself. */
export interface Importance {
  key: string;
  /** Mean over trees, 0 … 1; what is missing from 1 over all settings is due to their interplay. */
  share: number;
  /** Standard deviation over trees. */
  sd: number;
}

/** Fewer finished trials say nothing. */
export const LEAST_TRIALS = 8;
const N_TREES = 64;

/**
 * Functional analysis of variance (Hutter, Hoos and Leyton-Brown 2014): a forest of regression trees is fitted to the
 * finished trials; each tree is a function over the whole space, so the variance of its mean over all other settings
 * (the main effect V_j) and its total variance V are exact sums over leaves. The share is V_j / V. Largest first; empty
 * where there are too few trials or nothing varies.
 */
export function importances(
  space: SearchSpace,
  trials: readonly { parameters: Record<string, SearchValue>; value: number }[],
): Importance[] {
  const keys = Object.keys(space);
  if (trials.length < LEAST_TRIALS || trials.every(({ value }) => value === trials[0].value)) return [];
  const axes = keys.map((key): TreeAxis => {
    const domain = space[key];
    return 'choices' in domain ? { kind: 'choice', nChoices: domain.choices.length } : { kind: 'number' };
  });
  const x = trials.map(({ parameters }) => keys.map((key) => place(space[key], parameters[key])));
  const y = trials.map(({ value }) => value);
  const random = Random.from(1, 'importance');
  const shares = keys.map(() => [] as number[]);
  for (let tree = 0; tree < N_TREES; tree++) {
    const rows = trials.map(() => random.below(trials.length));
    const parts = mainEffects(growTree(x, y, rows, axes), axes);
    parts?.forEach((share, axis) => shares[axis].push(share));
  }
  return keys.map((key, axis) => ({ key, ...meanAndSd(shares[axis]) })).sort((a, b) => b.share - a.share);
}

/** V_j / V for each axis; null where the tree is flat. */
function mainEffects(leaves: readonly Leaf[], axes: readonly TreeAxis[]): number[] | null {
  const extents = leaves.map(({ sides }) => sides.map((side, axis) => extentOf(side, axes[axis])));
  const volumes = extents.map((sides) => sides.reduce((product, extent) => product * extent, 1));
  const mean = leaves.reduce((sum, { value }, i) => sum + value * volumes[i], 0);
  const variance = leaves.reduce((sum, { value }, i) => sum + (value - mean) ** 2 * volumes[i], 0);
  if (!(variance > 0)) return null;
  return axes.map((axis, j) => {
    // The mean over the other settings is constant between the cuts along this one.
    const cuts =
      axis.kind === 'choice'
        ? Array.from({ length: axis.nChoices + 1 }, (_, code) => code / axis.nChoices)
        : [...new Set(leaves.flatMap(({ sides }) => ('low' in sides[j] ? [sides[j].low, sides[j].high] : [])))].sort(
            (a, b) => a - b,
          );
    const at = new Map(cuts.map((cut, i) => [cut, i]));
    const marginal = new Float64Array(cuts.length);
    leaves.forEach(({ value, sides }, i) => {
      const part = extents[i][j] > 0 ? (value * volumes[i]) / extents[i][j] : 0;
      const side = sides[j];
      if ('codes' in side) for (const code of side.codes) marginal[code] += part;
      else for (let k = at.get(side.low)!; k < at.get(side.high)!; k++) marginal[k] += part;
    });
    let effect = 0;
    for (let k = 0; k + 1 < cuts.length; k++) effect += (marginal[k] - mean) ** 2 * (cuts[k + 1] - cuts[k]);
    return effect / variance;
  });
}

function extentOf(side: LeafSide, axis: TreeAxis): number {
  if ('codes' in side) return axis.kind === 'choice' ? side.codes.size / axis.nChoices : 0;
  return side.high - side.low;
}

/** Where a value lies on its axis; a preset outside of the range counts as its end. */
function place(domain: SearchDomain, value: SearchValue): number {
  if ('choices' in domain) return Math.max(0, domain.choices.indexOf(value));
  const axis = numberAxis(domain);
  return Math.min(1, Math.max(0, (axis.at(value as number) - axis.low) / (axis.high - axis.low)));
}

function meanAndSd(values: readonly number[]): { share: number; sd: number } {
  const share = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const squares = values.reduce((sum, value) => sum + (value - share) ** 2, 0);
  return { share, sd: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0 };
}
