import { setImmediate as nextTurn } from 'node:timers/promises';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';

export interface SilhouetteOptions {
  /** Above this many observations a seeded sample of this size is scored. */
  maxObs?: number;
  /** Seed of the sample. */
  seed?: number;
}

export interface SilhouetteResult {
  /** Mean silhouette, -1 to 1; NaN where it is not defined (fewer than 2 clusters, or none larger than one). */
  value: number;
  /** Observations that were scored. */
  nUsed: number;
  /** True when `value` comes from a sample rather than from every observation with a code. */
  sampled: boolean;
}

/** Distances computed between two looks at the cancel signal. */
const DISTANCES_PER_TURN = 2_000_000;

/**
 * Mean silhouette of clusters in a space, Euclidean distance: (b - a) / max(a, b), with a the mean distance to the
 * own cluster and b the least mean distance to another. Clusters of one observation count 0. Exact up to `maxObs`
 * (20,000) observations, a seeded sample beyond; no distance matrix is kept. Source: Rousseeuw 1987.
 * @param values [nObs, nDim], row-major
 * @param codes [nObs]; negative = left out
 * @throws LacunaError `bad-option` on lengths that do not fit, `cancelled`
 */
export async function silhouette(
  values: Float32Array | Float64Array,
  nDim: number,
  codes: Int32Array,
  options: SilhouetteOptions = {},
  task: LongTask = {},
): Promise<SilhouetteResult> {
  if (values.length !== codes.length * nDim) {
    throw new LacunaError(
      'bad-option',
      `The space has ${values.length} values, but ${codes.length} observations × ${nDim} dimensions were expected.`,
    );
  }
  const { maxObs = 20_000, seed = 0 } = options;
  const present: number[] = [];
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) present.push(i);
  const used = present.length > maxObs ? sample(present, maxObs, seed) : present;
  const sampled = used.length < present.length;

  const { cluster, sizes } = compactClusters(used, codes);
  const n = used.length;
  const k = sizes.length;
  if (k < 2 || k > n - 1) return { value: NaN, nUsed: n, sampled };

  const points = new Float64Array(n * nDim);
  used.forEach((obs, at) => {
    for (let d = 0; d < nDim; d++) points[at * nDim + d] = values[obs * nDim + d];
  });
  // One observation at a time against all others: [k] sums, no matrix.
  const sums = new Float64Array(k);
  let total = 0;
  let sinceTurn = 0;
  for (let i = 0; i < n; i++) {
    const own = cluster[i];
    sinceTurn += n;
    if (sinceTurn > DISTANCES_PER_TURN) {
      sinceTurn = 0;
      await nextTurn();
      throwIfCancelled(task.signal);
      task.report?.({ stage: 'Computing silhouettes', fraction: i / n });
    }
    if (sizes[own] === 1) continue;
    sums.fill(0);
    for (let j = 0; j < n; j++) {
      let squared = 0;
      for (let d = 0, a = i * nDim, b = j * nDim; d < nDim; d++) {
        const difference = points[a + d] - points[b + d];
        squared += difference * difference;
      }
      sums[cluster[j]] += Math.sqrt(squared);
    }
    const within = sums[own] / (sizes[own] - 1);
    let other = Infinity;
    for (let c = 0; c < k; c++) if (c !== own) other = Math.min(other, sums[c] / sizes[c]);
    const larger = Math.max(within, other);
    // Two clusters of identical points have no distance at all: neither good nor bad.
    if (larger > 0) total += (other - within) / larger;
  }
  return { value: total / n, nUsed: n, sampled };
}

function sample(from: number[], size: number, seed: number): number[] {
  const random = xoroshiro128plus(seed);
  const pool = from.slice();
  for (let i = 0; i < size; i++) {
    const j = uniformInt(random, i, pool.length - 1);
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, size).sort((a, b) => a - b);
}

function compactClusters(used: number[], codes: Int32Array): { cluster: Int32Array; sizes: number[] } {
  const position = new Map<number, number>();
  const sizes: number[] = [];
  const cluster = Int32Array.from(used, (obs) => {
    let at = position.get(codes[obs]);
    if (at === undefined) {
      at = sizes.length;
      position.set(codes[obs], at);
      sizes.push(0);
    }
    sizes[at]++;
    return at;
  });
  return { cluster, sizes };
}
