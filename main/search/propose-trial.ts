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
  const guided = sampler === 'tpe' && earlier.length >= N_STARTUP;
  const { good, others } = guided ? splitTrials(earlier) : { good: [], others: [] };
  return Object.fromEntries(
    Object.entries(space).map(([key, domain]) => [
      key,
      guided
        ? byEstimators(domain, valuesOf(good, key, domain), valuesOf(others, key, domain), random)
        : atRandom(domain, random),
    ]),
  );
}

/** Uniform over the list, or along the axis of the range. */
function atRandom(domain: SearchDomain, random: Random): SearchValue {
  if ('choices' in domain) return domain.choices[random.below(domain.choices.length)];
  const axis = numberAxis(domain);
  return axis.value(axis.low + random.uniform() * (axis.high - axis.low));
}

/**
 * Tree-structured Parzen estimator, each setting by itself: of 24 draws from the density l of good trials the one where
 * l / g is largest, with g the density of the others; that maximises the expected improvement (Bergstra et al. 2011,
 * section 4.1).
 */
function byEstimators(
  domain: SearchDomain,
  good: readonly SearchValue[],
  others: readonly SearchValue[],
  random: Random,
): SearchValue {
  const l = parzenEstimator(domain, good);
  const g = parzenEstimator(domain, others);
  let best: SearchValue = l.sample(random);
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
function splitTrials(earlier: readonly Observation[]): { good: Observation[]; others: Observation[] } {
  const ranked = earlier.map((_, i) => i).sort((a, b) => compare(earlier[a].outcome, earlier[b].outcome) || a - b);
  const nGood = Math.min(Math.ceil(0.1 * earlier.length), 25);
  const isGood = new Set(ranked.slice(0, nGood));
  return {
    good: earlier.filter((_, i) => isGood.has(i)),
    others: earlier.filter((_, i) => !isGood.has(i)),
  };
}

const RANK = { done: 0, pruned: 1, failed: 2 };

function compare(a: Observation['outcome'], b: Observation['outcome']): number {
  if (a.kind === 'done' && b.kind === 'done') return a.loss - b.loss;
  if (a.kind === 'pruned' && b.kind === 'pruned') return b.epoch - a.epoch || a.loss - b.loss;
  return RANK[a.kind] - RANK[b.kind];
}

/** A preset that began the search may lie outside of what is searched; it tells nothing about the inside. */
function valuesOf(trials: readonly Observation[], key: string, domain: SearchDomain): SearchValue[] {
  return trials.map(({ parameters }) => parameters[key]).filter((value) => isIn(domain, value));
}
