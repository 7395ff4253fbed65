import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import { sizeExtras } from '../counts/count-model.ts';
import { expectedCounts, headExtras } from '../counts/expected-counts.ts';
import { geneFacts } from '../counts/gene-facts.ts';
import { PopulationMoments } from '../counts/population-moments.ts';
import { predictedParts } from '../counts/predicted-parts.ts';
import { checkCountInput } from '../counts/raw-counts.ts';
import type { DenseOutput, TrainContext, TrainOutcome } from '../method.ts';
import { applyNetwork } from '../training/apply-network.ts';
import { splitObservations, type Split } from '../training/split.ts';
import { trainNetwork } from '../training/train-network.ts';
import type { Batch, LossTerms, Schedule } from '../training/training.types.ts';
import {
  dcaDropout,
  dcaHidden,
  dcaNll,
  dcaParameters,
  hasDispersion,
  hasDropout,
  LOG_MEAN_LIMITS,
  type DcaShape,
} from './network.ts';
import type { DcaParameters } from './parameters.ts';

/** Trains DCA; held-out loss is the negative log-likelihood per entry, given the library size of each cell. */
export async function trainDca(
  context: TrainContext<DcaParameters>,
  optimiser: Pick<Schedule, 'adam' | 'rmsprop'>,
): Promise<TrainOutcome> {
  const { engine, data, parameters, seed, signal } = context;
  const { tf } = engine;
  checkCountInput(data);
  const widths = widthsOf(parameters.hiddenLayers);
  const shape: DcaShape = {
    nVar: data.nVar,
    widths,
    latentLayer: parameters.latentLayer === 'last' ? widths.length - 1 : Math.floor(widths.length / 2),
    batchNorm: parameters.batchNorm,
    likelihood: parameters.likelihood,
    dispersion: parameters.dispersion,
  };
  const median = medianOf(data.librarySize);
  const sizes = sizeFactors(data.librarySize, median);
  const logSizes = logOf(sizes);
  const split = splitOf(data.nObs, parameters, seed);
  const input = scaledInput(engine, data, parameters.scaleGenes);
  const moments = new PopulationMoments(engine, data, split.training, parameters.batchSize, (weights, x, seen) =>
    dcaHidden(engine, weights, shape, input.of(x), { seen }),
  );
  const { of } = moments;

  const lossOf = (weights: Weights, batch: Batch): LossTerms => {
    const { x, rows, training } = batch;
    const { hidden } = dcaHidden(engine, weights, shape, input.of(x), training ? {} : { given: of });
    const logSize = tf.tensor2d(
      Float32Array.from(rows, (row) => logSizes[row]),
      [rows.length, 1],
    );
    const { nll, dropout } = dcaNll(engine, weights, shape, hidden, sparseCounts(engine, data.counts, rows), logSize);
    if (!dropout || parameters.ridge === 0) return { total: nll, nll: nll.clone() };
    const penalty = tf.mean(tf.square(tf.sigmoid(dropout))) as Scalar;
    return { total: tf.add(nll, tf.mul(penalty, parameters.ridge)) as Scalar, nll: nll.clone(), dropout: penalty };
  };

  try {
    const { store, summary } = await trainNetwork(
      context,
      {
        parameters: dcaParameters(
          shape,
          Random.from(seed, 'weights'),
          parameters.startAtMeans ? geneFacts(data.counts, sizes, split.training) : null,
        ),
        loss: lossOf,
        prepareEvaluation: (weights) => moments.update(weights, signal),
      },
      {
        epochs: parameters.epochs,
        batchSize: parameters.batchSize,
        ...optimiser,
        heldOutShare: parameters.heldOutShare,
        patience: parameters.patience,
        split,
        ...(parameters.clipGradient > 0 && { clipGradient: parameters.clipGradient }),
        ...(parameters.ratePatience > 0 && {
          rate: { plateau: { patience: parameters.ratePatience, factor: 0.1, minGain: 1e-4, relative: false } },
        }),
      },
    );
    try {
      const read = store.read();
      try {
        await moments.update(read, signal);
      } finally {
        tf.dispose(Object.values(read));
      }
      const weightsNow = store.weights();
      const outcomeFor = async (source: ExpressionSource, logScale: Float64Array): Promise<TrainOutcome> => {
        const outputs = await applyNetwork({ ...context, data: source }, store, parameters.batchSize, (weights, x) => {
          const { latent, hidden } = dcaHidden(engine, weights, shape, input.of(x), { given: of });
          const out: Record<string, Tensor2D> = { latent, hidden };
          if (hasDropout(shape))
            out.dropout = tf.mean<Tensor2D>(tf.sigmoid(dcaDropout(engine, weights, hidden)), 1, true);
          return out;
        });
        return outcomeOf(source, shape, weightsNow, outputs, logScale);
      };
      const outcome = await outcomeFor(data, logSizes);
      const unseen = context.unseen?.expression ?? null;
      return {
        ...outcome,
        ...(unseen && predictedParts(await outcomeFor(unseen, logOf(sizeFactors(unseen.librarySize, median))))),
        summary: { ...summary, ...outcome.summary },
      };
    } finally {
      store.dispose();
    }
  } finally {
    moments.dispose();
    input.dispose();
  }
}

function outcomeOf(
  data: ExpressionSource,
  shape: DcaShape,
  weights: Record<string, Float32Array>,
  { latent, hidden, dropout }: Record<string, DenseOutput>,
  logSizes: Float64Array,
): TrainOutcome {
  const denoised = expectedCounts(data, hidden, weights['mean/kernel'], weights['mean/bias'], logSizes);
  const head = (name: string): Record<string, DenseOutput> =>
    headExtras(name, denoised.hidden.nDim, weights[`${name}/kernel`], weights[`${name}/bias`]);
  const sizes = logSizes.map(Math.exp);
  const extras: Record<string, DenseOutput> = {
    ...sizeExtras({ used: sizes, counted: sizes, predicted: null }),
    logRateLimits: { nDim: 2, values: Float32Array.from(LOG_MEAN_LIMITS) },
  };
  if (hasDispersion(shape)) {
    if (shape.dispersion === 'conditional') Object.assign(extras, head('dispersion'));
    else
      extras.geneDispersion = {
        nDim: 1,
        values: weights['dispersion/log'].map((log) => Math.min(Math.max(Math.exp(log), 1e-3), 1e4)),
      };
  }
  if (!dropout) return { latent, denoised, extras, summary: {} };
  const meanDropout = dropout.values.reduce((sum, value) => sum + value, 0) / dropout.values.length;
  return {
    latent,
    denoised,
    extras: { ...extras, ...head('dropout'), cellDropout: dropout },
    summary: { meanDropout },
  };
}

function medianOf(librarySize: Float32Array): number {
  const sorted = Float64Array.from(librarySize).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/** Library size over the median of the training cells; a cell without counts is taken for one with a single count. */
function sizeFactors(librarySize: Float32Array, median: number): Float64Array {
  return Float64Array.from(librarySize, (size) => Math.max(size, 1) / Math.max(median, 1));
}

function logOf(sizes: Float64Array): Float64Array {
  return sizes.map((size) => Math.log(size));
}

function splitOf(nObs: number, { heldOutFrom, heldOutShare }: DcaParameters, seed: number): Split {
  if (heldOutFrom === 'random') return splitObservations(nObs, heldOutShare, seed);
  const all = Uint32Array.from({ length: nObs }, (_, i) => i);
  const wanted = Math.round(nObs * heldOutShare);
  const nTraining = nObs - (wanted < 10 ? 0 : wanted);
  return { training: all.slice(0, nTraining), heldOut: all.slice(nTraining) };
}

/** The input with mean 0 and standard deviation 1 per gene; genes that never change become 0. */
function scaledInput(
  { tf }: Engine,
  { geneMean, geneSd }: Pick<ExpressionSource, 'geneMean' | 'geneSd'>,
  scale: boolean,
): { of: (x: Tensor2D) => Tensor2D; dispose: () => void } {
  if (!scale) return { of: (x) => x, dispose: () => {} };
  const mean = tf.tensor1d(geneMean);
  const factor = tf.tensor1d(geneSd.map((sd) => (sd > 0 ? 1 / sd : 0)));
  return {
    of: (x) => tf.mul(tf.sub(x, mean), factor),
    dispose: () => tf.dispose([mean, factor]),
  };
}
