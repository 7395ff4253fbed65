import type { LongTask } from '../dataset/progress.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { countKeptObs, countKeptVar, type KeptCount } from '../preprocess/filter/count-kept.ts';
import { findMitochondrial } from '../preprocess/quality/mitochondrial.ts';
import type { Filter } from '../preprocess/recipe.ts';
import type { Project } from '../projects/project.types.ts';
import { obsMeasures, varMeasures } from './dataset-measures.ts';

export { datasetQuality } from './dataset-measures.ts';

/** What a filter keeps of one axis, rule by rule and together. */
export type KeptSummary = Omit<KeptCount, 'flags'>;

/** Measures of quality of one cell each. */
export type ObsMeasure = 'counts' | 'genes' | 'mitoPercent';

/** What a filter would keep; genes are judged on the cells that stay, as every run does. */
export async function keptByFilter(
  project: Project,
  datasetId: number,
  filter: Filter,
  task: LongTask = {},
): Promise<{ obs: KeptSummary; var: KeptSummary }> {
  const obs = countKeptObs(filter.obs, await obsMeasures(project, datasetId));
  const genes = countKeptVar(filter.var, await varMeasures(project, datasetId, obs.flags, task));
  const summary = ({ total, kept, each, sentence }: KeptCount): KeptSummary => ({ total, kept, each, sentence });
  return { obs: summary(obs), var: summary(genes) };
}

/**
 * A measure of quality of every cell: [nObs].
 *
 * @throws LacunaError `not-found` for the mitochondrial share where no mitochondrial genes are known
 */
export async function qualityVector(project: Project, datasetId: number, measure: ObsMeasure): Promise<Float64Array> {
  if (measure === 'mitoPercent') {
    const { nGenes, note } = findMitochondrial(project.datasets.var(datasetId));
    if (nGenes === 0) throw new LacunaError('not-found', note, '');
  }
  return Float64Array.from((await obsMeasures(project, datasetId))[measure]);
}
