import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { DenoisedModel, DenseOutput } from '../method.ts';
import { createDenoisedReader, type ReaderSource } from './denoised-reader.ts';
import type { HeldReader } from './engine-reader.ts';
import { PROJECTION_PASSES, projectRows } from './project-rows.ts';

/** Directions whose variance is below this share of the largest are rounding noise. */
const NEGLIGIBLE = 1e-12;
/** Principal components kept where distances cannot be had exactly. */
const APPROXIMATE_COMPONENTS = 50;

/**
 * Coordinates in which Euclidean distances are those between denoised profiles, for clustering and pictures.
 *
 * With the identity link they are exact: with W Wᵀ = V Λ Vᵀ the rows `hidden · V Λ^½` lie as far apart as the rows
 * `hidden · W + b`, in at most nHidden dimensions (fewest first; empty directions are dropped). For other links and for
 * neighbour means they are the leading 50 principal components of the denoised values.
 *
 * @param source see `createDenoisedReader`
 * @param openReader gives a reader of the model, told how often it will be read; left out: plain arithmetic
 * @returns [nObs, nDim]; [nObs, 1] of zeros for a model that predicts the same for all
 */
export async function denoisedCoordinates(
  model: DenoisedModel,
  source: ReaderSource = {},
  task: LongTask = {},
  openReader: (passes: number) => Promise<HeldReader> = async () => ({
    ...createDenoisedReader(model, source),
    dispose: () => {},
  }),
): Promise<DenseOutput> {
  if (model.kind === 'factored' && model.hidden.nDim === 0) {
    return { nDim: 1, values: new Float32Array(createDenoisedReader(model, source).nObs) };
  }
  if (model.kind === 'factored' && model.link === 'identity') return exactCoordinates(model, task);
  const reader = await openReader(PROJECTION_PASSES);
  try {
    return await projectRows(reader, APPROXIMATE_COMPONENTS, task);
  } finally {
    reader.dispose();
  }
}

function exactCoordinates(
  { hidden, weights, bias }: Extract<DenoisedModel, { kind: 'factored' }>,
  { signal }: LongTask,
): DenseOutput {
  const { nDim: nHidden, values } = hidden;
  const nVar = bias.length;
  const gram = new Matrix(nHidden, nHidden);
  for (let a = 0; a < nHidden; a++) {
    throwIfCancelled(signal);
    for (let b = 0; b <= a; b++) {
      let dot = 0;
      for (let j = 0; j < nVar; j++) dot += weights[a * nVar + j] * weights[b * nVar + j];
      gram.set(a, b, dot);
      gram.set(b, a, dot);
    }
  }
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const largest = Math.max(...realEigenvalues);
  const kept = Array.from(realEigenvalues.keys())
    .filter((i) => realEigenvalues[i] > largest * NEGLIGIBLE && realEigenvalues[i] > 0)
    .sort((a, b) => realEigenvalues[b] - realEigenvalues[a]);
  const nDim = Math.max(1, kept.length);
  const nObs = values.length / nHidden;
  const out = new Float32Array(nObs * nDim);
  const axes = kept.map((column) =>
    Float64Array.from(
      { length: nHidden },
      (_, h) => eigenvectorMatrix.get(h, column) * Math.sqrt(realEigenvalues[column]),
    ),
  );
  for (let i = 0; i < nObs; i++) {
    axes.forEach((axis, d) => {
      let sum = 0;
      for (let h = 0; h < nHidden; h++) sum += values[i * nHidden + h] * axis[h];
      out[i * nDim + d] = sum;
    });
  }
  return { nDim, values: out };
}
