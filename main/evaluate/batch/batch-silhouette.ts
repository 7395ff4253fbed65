import type { LongTask } from '../../dataset/progress.ts';
import { compactClusters, sample, silhouetteWidths } from '../clusters/silhouette.ts';

export interface BatchSilhouette {
  /** 0 (batches lie apart) to 1 (they lie within each other); NaN where no group has two batches. */
  value: number;
  /** Groups that have two batches or more. */
  nGroups: number;
  /** Observations that were measured. */
  nUsed: number;
  /** True when a group was too large to be measured completely. */
  sampled: boolean;
}

/** Of larger groups as many are drawn: 8,000² / 2 distances take about a second. */
const MOST_OF_A_GROUP = 8000;

/**
 * Silhouette of batches within each group (cell type): 1 − |s|, averaged over the observations of a group and then over
 * the groups, with s the silhouette width of Rousseeuw 1987 of the batches, Euclidean distance. Groups of one batch, or
 * with a batch for every observation, do not count. Source: Luecken et al. 2022, Methods, "Batch ASW".
 *
 * Distances are measured pair by pair within a group, with no matrix and no centroids; of groups beyond 8,000 a seeded
 * sample of that size.
 *
 * @param values [nObs, nDim], row-major
 * @param batch [nObs], negative = left out
 * @param group [nObs], negative = left out; null: all observations are one group
 * @throws LacunaError `cancelled`
 */
export async function batchSilhouette(
  values: Float32Array | Float64Array,
  nDim: number,
  batch: Int32Array,
  group: Int32Array | null,
  task: LongTask = {},
  mostOfAGroup = MOST_OF_A_GROUP,
): Promise<BatchSilhouette> {
  const groups = Map.groupBy(
    batch.keys().filter((i) => batch[i] >= 0),
    (i) => group?.[i] ?? 0,
  );
  groups.delete(-1);
  const means: number[] = [];
  let nUsed = 0;
  let sampled = false;
  let at = 0;
  for (const members of groups.values()) {
    const part: LongTask = {
      ...task,
      report: (progress) =>
        task.report?.({
          ...progress,
          stage: 'Silhouettes of the batches',
          fraction: (at + (progress.fraction ?? 0)) / groups.size,
        }),
    };
    const mean = await groupMean(part);
    if (mean !== null) means.push(mean);
    at++;

    async function groupMean(within: LongTask): Promise<number | null> {
      const used = members.length > mostOfAGroup ? sample(members, mostOfAGroup, 0) : members;
      const { cluster, sizes } = compactClusters(used, batch);
      if (sizes.length < 2 || sizes.length === used.length) return null;
      const points = new Float64Array(used.length * nDim);
      used.forEach((obs, i) => points.set(values.subarray(obs * nDim, (obs + 1) * nDim), i * nDim));
      const widths = await silhouetteWidths(points, nDim, cluster, sizes, within);
      nUsed += used.length;
      sampled ||= used.length < members.length;
      return widths.reduce((sum, width) => sum + 1 - Math.abs(width), 0) / used.length;
    }
  }
  const value = means.length === 0 ? NaN : means.reduce((sum, mean) => sum + mean, 0) / means.length;
  return { value, nGroups: means.length, nUsed, sampled };
}
