import { LacunaError } from '../../errors/lacuna-error.ts';
import { bestAssignment } from './best-assignment.ts';
import { contingencyTable } from './contingency-table.ts';

/** Labels against clusters, ready to be shown: clusters stand in the order of the labels that they match best. */
export interface ConfusionMatrix {
  /** Label codes, ascending. [nTruth] */
  truthCodes: Int32Array;
  /** Cluster codes in display order: first the partner of each label, then the rest by their main label. [nClusters] */
  clusterCodes: Int32Array;
  /** [nTruth, nClusters] observations, row-major */
  counts: Float64Array;
  /** Cluster code matched to each label, one to one, so that most observations agree; -1 where labels outnumber clusters. [nTruth] */
  matched: Int32Array;
  /** Share of the counted observations that lie in the cluster matched to their label. NaN when none is counted. */
  matchedShare: number;
  /** Observations left out because a code is missing. */
  nMissing: number;
}

/** Dense tables beyond this are neither readable nor cheap. */
const MAX_CELLS = 4_000_000;

/**
 * Counts labels × clusters and matches them one to one (Hungarian method).
 * @throws LacunaError `unsupported` when the table would have more than 4 million cells
 */
export function confusionMatrix(truth: Int32Array, clusters: Int32Array): ConfusionMatrix {
  const table = contingencyTable(truth, clusters);
  const nTruth = table.truthCodes.length;
  const nClusters = table.clusterCodes.length;
  if (nTruth * nClusters > MAX_CELLS) {
    throw new LacunaError(
      'unsupported',
      `A confusion matrix of ${nTruth} labels × ${nClusters} clusters is too large to show.`,
      'Choose a column with fewer categories, or a coarser clustering.',
    );
  }
  const dense = new Float64Array(nTruth * nClusters);
  table.cells.count.forEach((count, at) => {
    dense[table.cells.truth[at] * nClusters + table.cells.cluster[at]] = count;
  });
  const partner = bestAssignment(dense, nTruth, nClusters);
  let agreed = 0;
  partner.forEach((c, t) => (agreed += c < 0 ? 0 : dense[t * nClusters + c]));

  const order = displayOrder(dense, partner, nTruth, nClusters);
  const counts = new Float64Array(dense.length);
  for (let t = 0; t < nTruth; t++) order.forEach((c, at) => (counts[t * nClusters + at] = dense[t * nClusters + c]));
  return {
    truthCodes: table.truthCodes,
    clusterCodes: Int32Array.from(order, (c) => table.clusterCodes[c]),
    counts,
    matched: partner.map((c) => (c < 0 ? -1 : table.clusterCodes[c])),
    matchedShare: table.n === 0 ? NaN : agreed / table.n,
    nMissing: table.nMissing,
  };
}

function displayOrder(dense: Float64Array, partner: Int32Array, nTruth: number, nClusters: number): number[] {
  const labelOf = new Map<number, number>();
  partner.forEach((c, t) => c >= 0 && labelOf.set(c, t));
  const mainLabel = (c: number): number => {
    let best = 0;
    for (let t = 1; t < nTruth; t++) if (dense[t * nClusters + c] > dense[best * nClusters + c]) best = t;
    return best;
  };
  const rank = (c: number): number => labelOf.get(c) ?? nTruth + mainLabel(c);
  return Array.from({ length: nClusters }, (_, c) => c).sort((a, b) => rank(a) - rank(b) || a - b);
}
