import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { DatasetSource } from '../dataset/dataset-source.ts';
import type { LongTask } from '../dataset/progress.ts';
import { LacunaError, throwIfCancelled } from '../errors/lacuna-error.ts';

const LARGEST = 2 ** 24;

/**
 * The counts of a dataset in memory, sparse.
 *
 * @throws LacunaError `unsupported` where a value is no whole number, `cancelled`
 */
export async function loadCounts(source: DatasetSource, { signal, report }: LongTask = {}): Promise<CsrMatrix> {
  const { nObs, nVar } = source;
  const indptr = new Uint32Array(nObs + 1);
  const parts: Pick<CsrMatrix, 'indices' | 'values'>[] = [];
  let nnz = 0;
  for await (const chunk of source.matrices[0].chunks(signal)) {
    throwIfCancelled(signal);
    report?.({ stage: 'Reading counts', fraction: (chunk.start + chunk.nObs) / nObs });
    checkCounts(chunk.values, source.name);
    for (let i = 0; i < chunk.nObs; i++) indptr[chunk.start + i + 1] = nnz + chunk.indptr[i + 1];
    nnz += chunk.indptr[chunk.nObs];
    parts.push({ indices: chunk.indices.slice(), values: chunk.values.slice() });
  }
  const matrix: CsrMatrix = { nObs, nVar, indptr, indices: new Uint32Array(nnz), values: new Float32Array(nnz) };
  let at = 0;
  for (const { indices, values } of parts) {
    matrix.indices.set(indices, at);
    matrix.values.set(values, at);
    at += indices.length;
  }
  return matrix;
}

/**
 * @param name of the dataset, for the message
 * @throws LacunaError `unsupported` where a value is no whole number that the codec takes
 */
export function checkCounts(values: Float32Array, name: string): void {
  const odd = values.find((value) => !(Number.isInteger(value) && value >= 0 && value <= LARGEST));
  if (odd === undefined) return;
  throw new LacunaError(
    'unsupported',
    `The codec stores counts (whole numbers from 0 to ${LARGEST}), and ${name} holds ${odd}.`,
    'Choose raw counts.',
  );
}
