import { EigenvalueDecomposition, Matrix, QrDecomposition } from 'ml-matrix';
import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { Random } from '../../engine/random/random.ts';
import type { DenseOutput } from '../method.ts';
import type { DenoisedReader } from './denoised-reader.ts';

const OVERSAMPLING = 10;
const POWER_PASSES = 2;
const BLOCK = 64;
/** How often `projectRows` reads all rows. */
export const PROJECTION_PASSES = POWER_PASSES + 3;

/**
 * Leading principal components of denoised rows, streamed: randomised subspace iteration (Halko, Martinsson and Tropp
 * 2011, algorithm 4.4) with every pass over the rows in blocks, in plain arithmetic.
 *
 * @returns scores [nObs, k], k at most `nComponents`
 */
export async function projectRows(
  reader: DenoisedReader,
  nComponents: number,
  task: LongTask = {},
): Promise<DenseOutput> {
  const { nObs, nVar } = reader;
  const k = Math.min(nComponents, nVar, nObs);
  const width = Math.min(k + OVERSAMPLING, nVar, nObs);
  const mean = new Float64Array(nVar);
  await forRows(reader, task, (row) => {
    for (let j = 0; j < nVar; j++) mean[j] += row[j] / nObs;
  });

  let basis = orthonormal(Random.from(0, 'project rows').fillNormal(new Float32Array(nVar * width)), nVar, width);
  let projected = new Matrix(width, width);
  for (let pass = 0; pass <= POWER_PASSES; pass++) {
    const image = new Float64Array(nVar * width);
    projected = Matrix.zeros(width, width);
    await forRows(reader, task, (row) => {
      const scores = project(row, mean, basis, width);
      for (let a = 0; a < width; a++)
        for (let b = 0; b < width; b++) projected.set(a, b, projected.get(a, b) + scores[a] * scores[b]);
      if (pass === POWER_PASSES) return;
      for (let j = 0; j < nVar; j++) {
        const value = row[j] - mean[j];
        if (value !== 0) for (let c = 0; c < width; c++) image[j * width + c] += value * scores[c];
      }
    });
    if (pass < POWER_PASSES) basis = orthonormal(image, nVar, width);
  }

  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(projected, { assumeSymmetric: true });
  const order = Array.from(realEigenvalues.keys())
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a])
    .slice(0, k);
  const values = new Float32Array(nObs * k);
  await forRows(reader, task, (row, i) => {
    const scores = project(row, mean, basis, width);
    order.forEach((column, d) => {
      let sum = 0;
      for (let c = 0; c < width; c++) sum += scores[c] * eigenvectorMatrix.get(c, column);
      values[i * k + d] = sum;
    });
  });
  return { nDim: k, values };
}

async function forRows(
  reader: DenoisedReader,
  { signal }: LongTask,
  visit: (row: Float32Array, i: number) => void,
): Promise<void> {
  const { nObs, nVar } = reader;
  const block = new Float32Array(Math.min(BLOCK, nObs) * nVar);
  for (let start = 0; start < nObs; start += BLOCK) {
    throwIfCancelled(signal);
    await new Promise((resolve) => setImmediate(resolve));
    const positions = Uint32Array.from({ length: Math.min(BLOCK, nObs - start) }, (_, i) => start + i);
    reader.rows(positions, block);
    for (let r = 0; r < positions.length; r++) visit(block.subarray(r * nVar, (r + 1) * nVar), start + r);
  }
}

function project(row: Float32Array, mean: Float64Array, basis: Float64Array, width: number): Float64Array {
  const scores = new Float64Array(width);
  for (let j = 0; j < row.length; j++) {
    const value = row[j] - mean[j];
    if (value !== 0) for (let c = 0; c < width; c++) scores[c] += value * basis[j * width + c];
  }
  return scores;
}

function orthonormal(values: ArrayLike<number>, nRows: number, nColumns: number): Float64Array {
  const matrix = new Matrix(nRows, nColumns);
  for (let i = 0; i < nRows; i++) for (let j = 0; j < nColumns; j++) matrix.set(i, j, values[i * nColumns + j]);
  const q = new QrDecomposition(matrix).orthogonalMatrix;
  return Float64Array.from({ length: nRows * nColumns }, (_, k) => q.get(Math.floor(k / nColumns), k % nColumns));
}
