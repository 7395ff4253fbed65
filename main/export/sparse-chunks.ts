import type { CsrChunk } from '../dataset/csr-matrix.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { checkedChunks } from './checked-chunks.ts';
import type { ExportMatrix, ExportSource } from './export-source.ts';
import { isSparseChunk } from './row-chunk.ts';
import type { RowProgress } from './row-progress.ts';
import { toSparse } from './to-sparse.ts';

/**
 * Any matrix as sparse chunks, for formats that hold nonzero entries only.
 *
 * @param minValue see `SparseOptions`; only dense matrices are thinned, sparse ones pass as they are
 * @throws LacunaError `unsupported` at a value that is not a finite number: these formats cannot say "missing"
 */
export async function* sparseChunks(
  source: ExportSource,
  matrix: ExportMatrix,
  minValue: number,
  progress: RowProgress,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  for await (const chunk of checkedChunks(matrix, source.nObs, source.nVar, progress, signal)) {
    const sparse = isSparseChunk(chunk) ? chunk : toSparse(chunk, source.nVar, minValue);
    const bad = sparse.values.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      const row = sparse.indptr.findIndex((end) => end > bad) - 1;
      throw new LacunaError(
        'unsupported',
        `The value of ${source.var.names[sparse.indices[bad]]} in ${source.obs.names[sparse.start + row]} is ${sparse.values[bad]}, and this format holds numbers only.`,
        'Export as .h5ad, which can hold missing values.',
      );
    }
    yield sparse;
  }
}
