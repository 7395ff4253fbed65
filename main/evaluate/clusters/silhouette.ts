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

/** Observations in a tile; also how many are finished between two looks at the cancel signal. */
const TILE = 128;

/** Summed distances held at once: 800 MB. */
const MAX_SUMS = 100_000_000;

/**
 * Mean silhouette of clusters in a space, Euclidean distance: (b - a) / max(a, b), with a the mean distance to the
 * own cluster and b the least mean distance to another. Clusters of one observation count 0. Exact up to `maxObs`
 * (20,000) observations, a seeded sample beyond; no distance matrix is kept. Source: Rousseeuw 1987.
 * @param values [nObs, nDim], row-major
 * @param codes [nObs]; negative = left out
 * @throws LacunaError `bad-option` on lengths that do not fit, `unsupported` (far too many clusters), `cancelled`
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
  const widths = await silhouetteWidths(points, nDim, cluster, sizes, task);
  return { value: widths.reduce((sum, width) => sum + width, 0) / n, nUsed: n, sampled };
}

/**
 * The silhouette of every observation, exact; 0 in clusters of one.
 *
 * @param points [n, nDim], row-major
 * @param cluster [n], 0 … sizes.length - 1
 * @param sizes members of each cluster, at least two clusters
 * @returns [n]
 * @throws LacunaError `unsupported` (far too many clusters), `cancelled`
 */
export async function silhouetteWidths(
  points: Float64Array,
  nDim: number,
  cluster: Int32Array,
  sizes: readonly number[],
  task: LongTask = {},
): Promise<Float64Array> {
  const n = cluster.length;
  const k = sizes.length;
  const widths = new Float64Array(n);
  const sums = await distanceSums(points, nDim, cluster, k, task);
  for (let i = 0; i < n; i++) {
    const own = cluster[i];
    if (sizes[own] === 1) continue;
    const within = sums[i * k + own] / (sizes[own] - 1);
    let other = Infinity;
    for (let c = 0; c < k; c++) if (c !== own) other = Math.min(other, sums[i * k + c] / sizes[c]);
    const larger = Math.max(within, other);
    // Two clusters of identical points have no distance at all: neither good nor bad.
    if (larger > 0) widths[i] = (other - within) / larger;
  }
  return widths;
}

/** Summed distance of each observation to the members of each cluster, [n, k]; every pair is measured once. */
async function distanceSums(
  points: Float64Array,
  nDim: number,
  cluster: Int32Array,
  k: number,
  task: LongTask,
): Promise<Float64Array> {
  const n = cluster.length;
  if (n * k > MAX_SUMS) {
    throw new LacunaError(
      'unsupported',
      `A silhouette over ${k} clusters of ${n} observations needs too much memory.`,
      'Choose a column with fewer categories, or a coarser clustering.',
    );
  }
  const sums = new Float64Array(n * k);
  // Observations meet in tiles that stay in the processor's cache.
  for (let iTile = 0; iTile < n; iTile += TILE) {
    const iEnd = Math.min(n, iTile + TILE);
    await nextTurn();
    throwIfCancelled(task.signal);
    task.report?.({ stage: 'Computing silhouettes', fraction: 1 - ((n - iTile) / n) ** 2 });
    for (let jTile = iTile; jTile < n; jTile += TILE) {
      addTile(sums, points, nDim, cluster, k, iTile, iEnd, jTile, Math.min(n, jTile + TILE));
    }
  }
  return sums;
}

/** Adds the distances between observations [iStart, iEnd) and the later ones of [jStart, jEnd) to both sides. */
function addTile(
  sums: Float64Array,
  points: Float64Array,
  nDim: number,
  cluster: Int32Array,
  k: number,
  iStart: number,
  iEnd: number,
  jStart: number,
  jEnd: number,
): void {
  for (let i = iStart; i < iEnd; i++) {
    const own = cluster[i];
    for (let j = Math.max(i + 1, jStart); j < jEnd; j++) {
      const distance = Math.sqrt(squaredDistance(points, i * nDim, j * nDim, nDim));
      sums[i * k + cluster[j]] += distance;
      sums[j * k + own] += distance;
    }
  }
}

/** Four running sums instead of one: they do not wait for each other. */
function squaredDistance(points: Float64Array, a: number, b: number, nDim: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let d = 0;
  for (; d + 3 < nDim; d += 4) {
    const d0 = points[a + d] - points[b + d];
    const d1 = points[a + d + 1] - points[b + d + 1];
    const d2 = points[a + d + 2] - points[b + d + 2];
    const d3 = points[a + d + 3] - points[b + d + 3];
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; d < nDim; d++) s0 += (points[a + d] - points[b + d]) ** 2;
  return s0 + s1 + (s2 + s3);
}

/** Some of `from`, drawn by a seed, in ascending order. */
export function sample(from: number[], size: number, seed: number): number[] {
  const random = xoroshiro128plus(seed);
  const pool = from.slice();
  for (let i = 0; i < size; i++) {
    const j = uniformInt(random, i, pool.length - 1);
    [pool[i], pool[j]] = [pool[j], pool[i]];
  }
  return pool.slice(0, size).sort((a, b) => a - b);
}

/** Codes of some observations as 0, 1, 2 … in the order in which they occur, with the size of each. */
export function compactClusters(used: readonly number[], codes: Int32Array): { cluster: Int32Array; sizes: number[] } {
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
