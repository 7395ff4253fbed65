import { setImmediate } from 'node:timers/promises';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { LongTask } from '../dataset/progress.ts';
import { throwIfCancelled } from '../errors/lacuna-error.ts';
import type { KeptCount } from '../preprocess/filter/count-kept.ts';
import { previewFilter } from '../preprocess/filter/preview-filter.ts';
import type { StreamedMatrix } from '../preprocess/quality/measure-quality.ts';
import { qualityReport, type QualityReport } from '../preprocess/quality/quality-report.ts';
import type { Filter } from '../preprocess/recipe.ts';
import type { Project } from '../projects/project.types.ts';

/** What a filter keeps of one axis, rule by rule and together. */
export type KeptSummary = Omit<KeptCount, 'flags'>;

/** Measures of quality of a stored dataset, with suggested thresholds; streamed, so memory stays small. */
export function datasetQuality(project: Project, datasetId: number, task: LongTask = {}): Promise<QualityReport> {
  return qualityReport(storedMatrix(project, datasetId), project.datasets.var(datasetId), task);
}

/** What a filter would keep; genes are judged on the cells that stay, as every run does. */
export async function keptByFilter(
  project: Project,
  datasetId: number,
  filter: Filter,
  task: LongTask = {},
): Promise<{ obs: KeptSummary; var: KeptSummary }> {
  const kept = await previewFilter(storedMatrix(project, datasetId), project.datasets.var(datasetId), filter, task);
  const summary = ({ total, kept, each, sentence }: KeptCount): KeptSummary => ({ total, kept, each, sentence });
  return { obs: summary(kept.obs), var: summary(kept.var) };
}

/** Observations read at a time: a few MiB, and short enough that the window keeps answering. */
const BLOCK = 2_000;

function storedMatrix(project: Project, datasetId: number): StreamedMatrix {
  const { nObs, nVar } = project.datasets.get(datasetId);
  return {
    nObs,
    nVar,
    async *chunks(signal?: AbortSignal): AsyncGenerator<CsrChunk> {
      for (let start = 0; start < nObs; start += BLOCK) {
        throwIfCancelled(signal);
        yield { start, ...project.datasets.rows(datasetId, start, Math.min(start + BLOCK, nObs)) };
        // Reading is synchronous; other requests get their turn in between.
        await setImmediate();
      }
    },
  };
}
