import type { AxisTable } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { measureObs, measureVar, type StreamedMatrix } from '../quality/measure-quality.ts';
import { findMitochondrial } from '../quality/mitochondrial.ts';
import type { Filter } from '../recipe.ts';
import { countKeptObs, countKeptVar, type KeptCount } from './count-kept.ts';

/** What a filter would keep of a streamed matrix: cells judged on all genes, then genes on the cells that stay. */
export async function previewFilter(
  matrix: StreamedMatrix,
  variables: AxisTable,
  filter: Filter,
  task: LongTask = {},
): Promise<{ obs: KeptCount; var: KeptCount }> {
  const obs = countKeptObs(filter.obs, await measureObs(matrix, findMitochondrial(variables).mask, task));
  return { obs, var: countKeptVar(filter.var, await measureVar(matrix, obs.flags, task)) };
}
