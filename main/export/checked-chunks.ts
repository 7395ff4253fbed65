import type { CsrChunk } from '../dataset/csr-matrix.ts';
import { LacunaError, throwIfCancelled } from '../errors/lacuna-error.ts';
import type { DenseExportMatrix, DenseRows, ExportMatrix, SparseExportMatrix } from './export-source.ts';
import { isSparseChunk } from './row-chunk.ts';
import type { RowProgress } from './row-progress.ts';

/**
 * The chunks of a matrix, watched on their way to a file: they must come in order and cover every observation once
 * (a gap would shift every later cell), each one is counted as progress, and cancel is heard between any two.
 *
 * @throws LacunaError `cancelled`; `internal` when the stream breaks its promise
 */
export function checkedChunks(
  matrix: SparseExportMatrix,
  nObs: number,
  nVar: number,
  progress: RowProgress,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk>;
export function checkedChunks(
  matrix: DenseExportMatrix,
  nObs: number,
  nVar: number,
  progress: RowProgress,
  signal?: AbortSignal,
): AsyncGenerator<DenseRows>;
export function checkedChunks(
  matrix: ExportMatrix,
  nObs: number,
  nVar: number,
  progress: RowProgress,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk | DenseRows>;
export async function* checkedChunks(
  matrix: ExportMatrix,
  nObs: number,
  nVar: number,
  progress: RowProgress,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk | DenseRows> {
  let next = 0;
  throwIfCancelled(signal);
  for await (const chunk of matrix.chunks(signal)) {
    throwIfCancelled(signal);
    const width = isSparseChunk(chunk) ? chunk.nVar : chunk.nObs === 0 ? nVar : chunk.values.length / chunk.nObs;
    if (chunk.start !== next || width !== nVar || next + chunk.nObs > nObs) {
      throw new LacunaError(
        'internal',
        `The matrix "${matrix.name}" came in the wrong pieces: expected observation ${next} of ${nObs} with ${nVar} variables, got ${chunk.nObs} from ${chunk.start} with ${width}.`,
        'This is a fault of Lacuna. Please report it.',
      );
    }
    yield chunk;
    next += chunk.nObs;
    progress.advance(chunk.nObs, matrix.name === 'X' ? 'Writing the matrix' : `Writing ${matrix.name}`);
    // Lets a cancel that waits in the event loop through, even when the source never waits itself.
    await new Promise((resolve) => setImmediate(resolve));
  }
  throwIfCancelled(signal);
  if (next !== nObs) {
    throw new LacunaError(
      'internal',
      `The matrix "${matrix.name}" ended at observation ${next} of ${nObs}.`,
      'This is a fault of Lacuna. Please report it.',
    );
  }
}
