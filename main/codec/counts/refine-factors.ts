import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import { countNll } from '../../engine/likelihoods/count-nll.ts';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { geneFacts } from '../../methods/counts/gene-facts.ts';
import { trainNetwork } from '../../methods/training/train-network.ts';
import type { CountFactors } from './count-factors.ts';

export interface RefineOptions {
  epochs: number;
  seed: number;
  /** Mean absolute size of a gene's factor that its code is made for; smaller values make more of them zero. */
  geneScale: number;
}

/**
 * Trains the factors of cells and genes themselves, on what the file will take: the negative log-likelihood of the counts, plus what
 * the factors cost to write under a normal distribution (cells) and a Laplace distribution (genes). That is the
 * description length of the data up to the step of rounding.
 */
export async function refineFactors(
  engine: Engine,
  counts: CsrMatrix,
  logSize: Float64Array,
  start: CountFactors,
  options: RefineOptions,
  task: LongTask,
): Promise<CountFactors> {
  const { tf } = engine;
  const { nObs, nVar } = counts;
  const { nFactors } = start;
  const all = Uint32Array.from({ length: nObs }, (_, i) => i);
  const facts = geneFacts(
    counts,
    logSize.map((value) => Math.exp(value)),
    all,
  );
  // [nFactors, nVar], as the product takes it.
  const weights = new Float32Array(nFactors * nVar);
  for (let j = 0; j < nVar; j++)
    for (let k = 0; k < nFactors; k++) weights[k * nVar + j] = start.gene[j * nFactors + k];
  const batchSize = Math.min(256, Math.max(16, Math.floor(nObs / 10)));
  const { store } = await trainNetwork(
    {
      engine,
      // The loss reads the sparse counts itself.
      data: { nObs, nVar: 1, denseBatch: (_rows, out) => void out.fill(0) },
      seed: options.seed,
      signal: task.signal,
      report: (progress) => task.report?.({ ...progress, stage: 'Fitting the factors to the size of the file' }),
      record: () => {},
      resumeFrom: null,
      checkpoint: () => {},
    },
    {
      parameters: {
        cell: { shape: [nObs, nFactors], initial: start.cell.slice() },
        gene: { shape: [nFactors, nVar], initial: weights },
        base: { shape: [nVar], initial: facts.logRate.slice() },
        'spread/bias': { shape: [nVar], initial: facts.dispersion.map((theta) => Math.log(theta)) },
      },
      loss: (values, { rows }) => {
        const cell = tf.gather(values.cell as Tensor2D, tf.tensor1d(Int32Array.from(rows), 'int32'));
        const size = tf.tensor2d(
          Float32Array.from(rows, (row) => logSize[row]),
          [rows.length, 1],
        );
        const gene = values.gene as Tensor2D;
        const logMean = tf.clipByValue(tf.add(tf.add(tf.matMul(cell, gene), values.base as Tensor1D), size), -14, 10);
        const dispersion = tf.broadcastTo(tf.clipByValue(tf.exp(values['spread/bias']), 0.05, 200), [
          rows.length,
          nVar,
        ]);
        const nll = tf.mul(countNll(engine, sparseCounts(engine, counts, rows), { logMean, dispersion }), nVar);
        const cellBits = tf.div(tf.sum(tf.square(cell)), 2 * rows.length);
        const geneBits = tf.div(tf.sum(tf.abs(gene)), options.geneScale * nObs);
        return { total: tf.addN([nll, cellBits, geneBits]) as Scalar, nll: nll as Scalar };
      },
    },
    {
      epochs: options.epochs,
      batchSize,
      adam: { ...ADAM_DEFAULTS, learningRate: 2e-3 },
      rate: { decay: { initial: 0.02, factor: 0.93 } },
      heldOutShare: 0,
      patience: 0,
    },
  );
  try {
    const trained = store.weights();
    const gene = new Float32Array(nVar * nFactors);
    for (let j = 0; j < nVar; j++)
      for (let k = 0; k < nFactors; k++) gene[j * nFactors + k] = trained.gene[k * nVar + j];
    return { nFactors, cell: trained.cell, gene };
  } finally {
    store.dispose();
  }
}
