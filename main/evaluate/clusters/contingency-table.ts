import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * How often each label meets each cluster, sparse: only pairs that occur are kept, so that 10,000 clusters over
 * 1,000,000 observations cost no more than the observations themselves.
 */
export interface ContingencyTable {
  /** Observations counted: both codes present. */
  n: number;
  /** Observations left out because one of the codes is missing (negative). */
  nMissing: number;
  /** Label codes that occur, ascending. [nTruth] */
  truthCodes: Int32Array;
  /** Cluster codes that occur, ascending. [nClusters] */
  clusterCodes: Int32Array;
  /** Observations of each label. [nTruth] */
  truthSizes: Float64Array;
  /** Observations of each cluster. [nClusters] */
  clusterSizes: Float64Array;
  /** Pairs that occur, by label then cluster: positions in `truthCodes` and `clusterCodes`, and their count. */
  cells: { truth: Int32Array; cluster: Int32Array; count: Float64Array };
}

/**
 * Counts label × cluster pairs.
 * @param truth [nObs] label codes; negative = missing. Observations with a missing code on either side are left out.
 * @param clusters [nObs] cluster codes; negative = missing.
 * @throws LacunaError `bad-option` when the lengths differ
 */
export function contingencyTable(truth: Int32Array, clusters: Int32Array): ContingencyTable {
  if (truth.length !== clusters.length) {
    throw new LacunaError(
      'bad-option',
      `Labels and clusters must describe the same observations, but there are ${truth.length} labels and ${clusters.length} clusters.`,
      'Compare columns of the same dataset.',
    );
  }
  const truthCodes = presentCodes(truth, clusters);
  const clusterCodes = presentCodes(clusters, truth);
  const truthPosition = positions(truthCodes);
  const clusterPosition = positions(clusterCodes);
  const width = clusterCodes.length;
  const truthSizes = new Float64Array(truthCodes.length);
  const clusterSizes = new Float64Array(width);
  const pairs = new Map<number, number>();
  let n = 0;
  for (let i = 0; i < truth.length; i++) {
    if (truth[i] < 0 || clusters[i] < 0) continue;
    const t = truthPosition.get(truth[i])!;
    const c = clusterPosition.get(clusters[i])!;
    truthSizes[t]++;
    clusterSizes[c]++;
    const key = t * width + c;
    pairs.set(key, (pairs.get(key) ?? 0) + 1);
    n++;
  }
  const keys = Float64Array.from(pairs.keys()).sort();
  const cells = {
    truth: new Int32Array(keys.length),
    cluster: new Int32Array(keys.length),
    count: new Float64Array(keys.length),
  };
  keys.forEach((key, at) => {
    cells.truth[at] = Math.floor(key / width);
    cells.cluster[at] = key % width;
    cells.count[at] = pairs.get(key)!;
  });
  return { n, nMissing: truth.length - n, truthCodes, clusterCodes, truthSizes, clusterSizes, cells };
}

function presentCodes(codes: Int32Array, partner: Int32Array): Int32Array {
  const seen = new Set<number>();
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0 && partner[i] >= 0) seen.add(codes[i]);
  return Int32Array.from(seen).sort();
}

function positions(codes: Int32Array): Map<number, number> {
  const map = new Map<number, number>();
  codes.forEach((code, at) => map.set(code, at));
  return map;
}
