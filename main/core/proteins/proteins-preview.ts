import type { z } from 'zod';
import type { proteinsPreviewSchema } from '../../contract/entities/import-preview.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { fitProteins } from '../../formats/proteins/join-proteins.ts';
import { openProteinFile } from '../../formats/proteins/protein-file.ts';
import { openPath, type ReadRequest } from '../../formats/registry.ts';

type ProteinsPreview = z.infer<typeof proteinsPreviewSchema>;

/** More would not be read. */
const mostExamples = 10;

/**
 * How the cells of a protein file meet those of a file that is to be imported. That none fit is an answer, not an
 * error: the person may then choose another file.
 *
 * @throws LacunaError `not-found`, `bad-file` of either file
 */
export async function previewProteins(
  path: string,
  proteins: string,
  request: ReadRequest,
  task: LongTask = {},
): Promise<ProteinsPreview> {
  const file = await openProteinFile(proteins, task);
  try {
    const source = await openPath(path, request, task);
    try {
      const fit = fitProteins(source.obs.names, file.obsNames);
      return {
        nProteins: file.var.names.length,
        examples: file.var.names.slice(0, mostExamples),
        matched: fit.matched,
        nObs: source.nObs,
        unmatched: fit.unmatchedCells.length,
        unmatchedExamples: fit.unmatchedCells.slice(0, mostExamples),
        unmeasuredExamples: fit.unmeasuredObs.slice(0, mostExamples),
      };
    } finally {
      source.close();
    }
  } finally {
    file.close();
  }
}
