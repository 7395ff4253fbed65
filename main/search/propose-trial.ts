import { Random } from '../engine/random/random.ts';
import { numberAxis } from './number-axis.ts';
import { parzenEstimator } from './parzen-estimator.ts';
import { isIn, type SearchDomain, type SearchSpace, type SearchValue } from './search-domain.ts';

/** What is known of an earlier trial. */
export interface Observation {
  parameters: Record<string, SearchValue>;
  outcome:
    | { kind: 'done'; loss: number }
    /** Stopped as hopeless; the least loss up to then. */
    | { kind: 'pruned'; epoch: number; loss: number }
    /** Could not be trained with these settings. */
    | { kind: 'failed' };
}

export type SamplerKind = 'tpe' | 'random';

/** Trials that are drawn at random before the estimators take over. */
export const N_STARTUP = 10;
const N_CANDIDATES = 24;

/**
 * The settings of a trial. Its random numbers follow from the search's seed and the trial's number alone, so that a
 * search that goes on after an interruption proposes what it would have proposed without one.
 *
 * @param earlier trials before this one, oldest first
 */
export function proposeTrial(
  sampler: SamplerKind,
  space: SearchSpace,
  earlier: readonly Observation[],
  seed: number,
  number: number,
): Record<string, SearchValue> {
  const random = Random.from(seed, `trial ${number}`);
  if (sampler === 'tpe' && earlier.length >= N_STARTUP) return byEstimators(space, earlier, random);
  return Object.fromEntries(Object.entries(space).map(([key, domain]) => [key, atRandom(domain, random)]));
}

/** Uniform over the list, or along the axis of the range. */
function atRandom(domain: SearchDomain, random: Random): SearchValue {
  if ('choices' in domain) return domain.choices[random.below(domain.choices.length)];
  const axis = numberAxis(domain);
  return axis.value(axis.low + random.uniform() * (axis.high - axis.low));
}

/**
 * Tree-structured Parzen estimator, all settings together: of 24 draws from the density l of good trials the one where
 * l / g is largest, with g the density of the others; that maximises the expected improvement (Bergstra et al. 2011,
 * section 4.1; Falkner et al. 2018).
 */
function byEstimators(
  space: SearchSpace,
  earlier: readonly Observation[],
  random: Random,
): Record<string, SearchValue> {
  // A preset that began the search may lie outside of what is searched; it tells nothing about the inside.
  const inside = earlier.filter(({ parameters }) =>
    Object.entries(space).every(([key, domain]) => isIn(domain, parameters[key])),
  );
  const { good, others } = splitTrials(inside);
  const l = parzenEstimator(space, good);
  const g = parzenEstimator(space, others);
  let best = l.sample(random);
  let bestRatio = l.logDensity(best) - g.logDensity(best);
  for (let i = 1; i < N_CANDIDATES; i++) {
    const candidate = l.sample(random);
    const ratio = l.logDensity(candidate) - g.logDensity(candidate);
    if (ratio > bestRatio) [best, bestRatio] = [candidate, ratio];
  }
  return best;
}

/**
 * The best min(⌈n / 10⌉, 25) trials and the others, each oldest first. Finished trials come before pruned ones, which
 * are ranked by how far they got; what could not be trained is last.
 */
function splitTrials(earlier: readonly Observation[]): {
  good: Record<string, SearchValue>[];
  others: Record<string, SearchValue>[];
} {
  const ranked = earlier.map((_, i) => i).sort((a, b) => compare(earlier[a].outcome, earlier[b].outcome) || a - b);
  const nGood = Math.min(Math.ceil(0.1 * earlier.length), 25);
  const isGood = new Set(ranked.slice(0, nGood));
  return {
    good: earlier.filter((_, i) => isGood.has(i)).map(({ parameters }) => parameters),
    others: earlier.filter((_, i) => !isGood.has(i)).map(({ parameters }) => parameters),
  };
}

const RANK = { done: 0, pruned: 1, failed: 2 };

function compare(a: Observation['outcome'], b: Observation['outcome']): number {
  if (a.kind === 'done' && b.kind === 'done') return a.loss - b.loss;
  if (a.kind === 'pruned' && b.kind === 'pruned') return b.epoch - a.epoch || a.loss - b.loss;
  return RANK[a.kind] - RANK[b.kind];
}
