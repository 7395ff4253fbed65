import type { ValueKind } from '../dataset/dataset-source.ts';
import type { DenseExportMatrix } from './export-source.ts';

const ROWS_PER_CHUNK = 4096;

/**
 * A small matrix that is in memory anyway, as an export matrix: a latent as the X of its own `.h5ad`.
 *
 * @param values [nObs, nVar], row-major
 */
export function denseMatrix(name: string, nVar: number, values: Float32Array, valueKind: ValueKind): DenseExportMatrix {
  const nObs = values.length / nVar;
  return {
    name,
    storage: 'dense',
    valueKind,
    async *chunks() {
      for (let start = 0; start < nObs; start += ROWS_PER_CHUNK) {
        const end = Math.min(nObs, start + ROWS_PER_CHUNK);
        yield { start, nObs: end - start, values: values.subarray(start * nVar, end * nVar) };
      }
    },
  };
}
