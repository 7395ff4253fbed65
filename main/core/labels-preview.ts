import type { z } from 'zod';
import type { labelsPreviewSchema } from '../contract/entities/import-preview.ts';
import type { LongTask } from '../dataset/progress.ts';
import { fitLabels, readLabels } from '../formats/labels/labels.ts';
import { openPath, type ReadRequest } from '../formats/registry.ts';

export type LabelsPreview = z.infer<typeof labelsPreviewSchema>;

/** More would not be read. */
const mostExamples = 10;

/**
 * How the lines of a labels file meet the observations of a file that is to be imported. That none fit is an answer,
 * not an error: the person may then choose another file.
 *
 * @throws LacunaError `not-found`, `bad-file`, `truncated-file` of either file
 */
export async function previewLabels(
  path: string,
  labels: string,
  request: ReadRequest,
  task: LongTask = {},
): Promise<LabelsPreview> {
  const table = await readLabels(labels, task);
  const source = await openPath(path, request, task);
  try {
    const fit = fitLabels(source.obs.names, table);
    return {
      matched: fit.matched,
      nObs: source.nObs,
      withoutSuffix: fit.withoutSuffix,
      columns: fit.columns.map((column) => ({
        name: column.name,
        kind: column.kind,
        nCategories: column.kind === 'categorical' ? column.categories.length : null,
      })),
      unmatched: fit.unmatchedLabels.length,
      unmatchedExamples: fit.unmatchedLabels.slice(0, mostExamples),
      unlabelledExamples: fit.unlabelledObs.slice(0, mostExamples),
      duplicates: fit.duplicateLabels,
    };
  } finally {
    source.close();
  }
}
