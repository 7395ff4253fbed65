import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { valuesOf } from '../../engine/values-of.ts';
import type { DenseOutput, TrainContext } from '../method.ts';
import { createBatchFiller } from '../training/batches.ts';
import { breathe } from '../training/event-loop.ts';
import { leadingEigenpairs } from './block-krylov.ts';
import { createScatter } from './covariance.ts';

/** Principal components of the transformed expression, centred by gene. */
export interface FittedPca {
  /** [nObs, k] */
  scores: DenseOutput;
  /** [k, nVar], unit rows; the largest entry of each is positive. */
  components: Float32Array;
  /** [k], with the divisor nObs − 1. */
  variance: Float64Array;
  totalVariance: number;
  /** Error left in the components, relative to the first eigenvalue. */
  residual: number;
}

const BATCH = 512;

/** Fits PCA without ever holding the dense matrix. Deterministic for a seed. */
export async function fitPca(context: TrainContext<unknown>, nComponents: number): Promise<FittedPca> {
  const { engine, data, seed, report } = context;
  const { tf } = engine;
  const k = Math.min(nComponents, data.nVar, data.nObs);
  report({ stage: 'Summing up the covariance of genes', fraction: 0 });
  const scatter = await createScatter(context);
  const pairs = await leadingEigenpairs(
    engine,
    async (block, iteration) => {
      throwIfCancelled(context.signal);
      report({ stage: 'Finding principal components', fraction: Math.min(0.9, 0.1 + iteration * 0.1) });
      return scatter.apply(block);
    },
    data.nVar,
    k,
    seed,
  ).finally(() => scatter.dispose());
  const components = withFixedSigns(pairs.vectors, k, data.nVar);

  const scores: DenseOutput = { nDim: k, values: new Float32Array(data.nObs * k) };
  const filler = createBatchFiller(engine, data, Math.min(BATCH, data.nObs));
  for (let start = 0; start < data.nObs; start += BATCH) {
    await breathe();
    throwIfCancelled(context.signal);
    const rows = Uint32Array.from({ length: Math.min(BATCH, data.nObs - start) }, (_, i) => start + i);
    const x = filler.fill(rows);
    const part = valuesOf(engine, () =>
      tf.matMul(tf.sub(x, tf.tensor1d(data.geneMean.slice())), tf.tensor2d(components, [k, data.nVar]), false, true),
    );
    x.dispose();
    scores.values.set(part, start * k);
  }
  const divisor = Math.max(1, data.nObs - 1);
  return {
    scores,
    components,
    variance: pairs.values.map((value) => value / divisor),
    totalVariance: scatter.trace() / divisor,
    residual: pairs.residual,
  };
}

/** Each component is known up to its sign; the convention (scikit-learn's) makes its largest entry positive. */
function withFixedSigns(vectors: Float32Array, k: number, nVar: number): Float32Array {
  for (let c = 0; c < k; c++) {
    const row = vectors.subarray(c * nVar, (c + 1) * nVar);
    let largest = 0;
    for (const value of row) if (Math.abs(value) > Math.abs(largest)) largest = value;
    if (largest < 0) for (let j = 0; j < nVar; j++) row[j] = -row[j];
  }
  return vectors;
}
