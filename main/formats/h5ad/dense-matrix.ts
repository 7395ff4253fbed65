import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { ChunkBuilder } from '../cleaning/chunk-builder.ts';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { valueError } from '../cleaning/value-error.ts';
import { ValueSurvey } from '../cleaning/value-survey.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { throttledReport } from '../throttled-report.ts';

/** A dense matrix in an HDF5 file, observations first. */
export interface DenseMatrix {
  file: Hdf5File;
  place: string;
  nObs: number;
  nVar: number;
}

/** Values held at once, as doubles: 8 MiB; up to 128 MiB where the file's own blocks are that tall. */
const slabValues = 1_048_576;
const tallestSlab = 16_777_216;

/** Looks at all values up to `limit`, beyond that at rows spread evenly. @throws LacunaError `bad-file` for NaN */
export async function surveyDense(
  matrix: DenseMatrix,
  limit: number,
  keep: Uint8Array | null,
  names: Pick<CleaningRules, 'obsName' | 'varName'>,
  task: LongTask,
) {
  const values = new ValueSurvey();
  const report = throttledReport(task);
  const { file, place, nObs, nVar } = matrix;
  let kept = 0;
  for (const [first, last] of sampledRows(matrix, limit)) {
    throwIfCancelled(task.signal);
    const slab = file.readNumbers(place, 'the values of the matrix', [[first, last]]);
    const bad = values.add(slab);
    if (bad >= 0)
      throw valueError(
        file.path,
        names.obsName(first + Math.floor(bad / nVar)),
        names.varName(bad % nVar),
        slab[bad],
        'real',
      );
    if (keep) for (let i = 0; i < slab.length; i++) if (slab[i] !== 0 && keep[i % nVar] === 1) kept++;
    report({ stage: 'Looking at the values', fraction: last / nObs });
    await eventLoopTurn();
  }
  const share = (keep ? kept : values.seen - values.zeros) / Math.max(1, values.seen);
  return { values, nnz: Math.round(share * nObs * nVar) };
}

/** Streams a dense matrix in slabs of whole rows, leaving out the zeros. */
export async function* denseChunks(
  matrix: DenseMatrix,
  rules: CleaningRules,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  const { file, place, nObs, nVar } = matrix;
  const indices = new Uint32Array(nVar);
  const values = new Float64Array(nVar);
  let builder = new ChunkBuilder(0, rules);
  const step = slabRows(matrix);
  for (let first = 0; first < nObs; first += step) {
    throwIfCancelled(signal);
    const last = Math.min(nObs, first + step);
    const slab = file.readNumbers(place, 'the values of the matrix', [[first, last]]);
    for (let obs = first; obs < last; obs++) {
      const row = (obs - first) * nVar;
      let n = 0;
      for (let v = 0; v < nVar; v++) {
        const value = slab[row + v];
        if (value === 0) continue;
        indices[n] = v;
        values[n] = value;
        n++;
      }
      if (builder.isFull(n)) {
        yield builder.finish();
        builder = new ChunkBuilder(obs, rules);
      }
      builder.append(indices, values, 0, n);
    }
    await eventLoopTurn();
  }
  if (builder.nObs > 0) yield builder.finish();
}

function slabRows({ file, place, nVar }: DenseMatrix): number {
  const rows = Math.max(1, Math.floor(slabValues / Math.max(1, nVar)));
  const stored = file.info(place).chunks?.[0] ?? 1;
  // Whole stored blocks, so that none is decompressed twice.
  if (rows >= stored) return rows - (rows % stored);
  return stored * nVar <= tallestSlab ? stored : rows;
}

function* sampledRows(matrix: DenseMatrix, limit: number): Generator<[number, number]> {
  const { nObs, nVar } = matrix;
  const step = slabRows(matrix);
  const slabs = Math.ceil(nObs / step);
  const wanted = Math.max(1, Math.floor(limit / Math.max(1, step * nVar)));
  const stride = limit >= nObs * nVar ? 1 : Math.max(1, Math.ceil(slabs / wanted));
  for (let slab = 0; slab < slabs; slab += stride) yield [slab * step, Math.min(nObs, (slab + 1) * step)];
}
