import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import { ADAM_DEFAULTS, type Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { corrupt } from '../autoencoder/corrupt.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import { expectedCounts, headExtras } from '../counts/expected-counts.ts';
import { geneFacts } from '../counts/gene-facts.ts';
import { PopulationMoments } from '../counts/population-moments.ts';
import { checkCountInput } from '../counts/raw-counts.ts';
import type { DenseOutput, TrainContext, TrainOutcome } from '../method.ts';
import { applyNetwork } from '../training/apply-network.ts';
import { splitObservations } from '../training/split.ts';
import { trainNetwork } from '../training/train-network.ts';
import type { Batch, LossTerms, Schedule } from '../training/training.types.ts';
import { zipoLoss } from './loss.ts';
import {
  FIRST_LAYER,
  zipoDropout,
  zipoEncode,
  zipoLibrary,
  zipoParameters,
  zipoRates,
  type Normalising,
  type ZipoShape,
} from './network.ts';
import type { ZipoParameters } from './parameters.ts';
import { pruneFirstLayer } from './sparsity.ts';

/** Trains ZiPo; the negative log-likelihood per entry of held-out cells decides when to stop. */
export async function trainZipo(context: TrainContext<ZipoParameters>): Promise<TrainOutcome> {
  const { engine, data, parameters, seed, signal } = context;
  const { tf } = engine;
  checkCountInput(data);
  const shape: ZipoShape = { ...parameters, nVar: data.nVar, widths: widthsOf(parameters.hiddenLayers) };
  const library = countedLibrary(data.counts);
  const split = splitObservations(data.nObs, parameters.heldOutShare, seed);
  const encode = (weights: Weights, x: Tensor2D, normalising: Normalising): Tensor2D => {
    const latent = zipoEncode(engine, weights, shape, x, normalising);
    if (shape.library === 'predicted' && normalising.seen) zipoLibrary(engine, weights, latent, normalising);
    return latent;
  };
  const moments = new PopulationMoments(engine, data, split.training, parameters.batchSize, (weights, x, seen) =>
    encode(weights, x, { seen }),
  );
  const given = { given: moments.of };
  const loss = (weights: Weights, seen: Batch): LossTerms => {
    const { rows, training } = seen;
    const sizes = tf.tensor2d(
      Float32Array.from(rows, (row) => library[row]),
      [rows.length, 1],
    );
    const x = corrupt(engine, seen, parameters.inputDropout);
    const batch = { x, counts: sparseCounts(engine, data.counts, rows), library: sizes };
    return zipoLoss(engine, weights, shape, parameters, batch, training ? {} : given);
  };
  const start = {
    meanLogLibrary: split.training.reduce((sum, row) => sum + Math.log(library[row]), 0) / split.training.length,
    genes: parameters.startAtMeans ? geneFacts(data.counts, library, split.training) : null,
  };
  try {
    const { store, summary } = await trainNetwork(
      context,
      {
        parameters: zipoParameters(shape, Random.from(seed, 'weights'), start),
        loss,
        prepareEvaluation: (weights) => moments.update(weights, signal),
      },
      { ...scheduleOf(parameters), split },
    );
    try {
      const trained = store.weights();
      const pruned = pruneFirstLayer(trained[FIRST_LAYER], shape.widths[0], parameters.pruneBelow);
      store.assign({ ...trained, [FIRST_LAYER]: pruned.kernel });
      const read = store.read();
      await moments.update(read, signal).finally(() => tf.dispose(Object.values(read)));
      const outputs = await applyNetwork(context, store, parameters.batchSize, (weights, x) => {
        const latent = encode(weights, x, given);
        const out: Record<string, Tensor2D> = {
          latent,
          logSum: tf.logSumExp(zipoRates(engine, weights, latent), 1, true),
        };
        if (shape.library === 'predicted') out.logLibrary = zipoLibrary(engine, weights, latent, given);
        if (shape.likelihood !== 'nb')
          out.dropout = tf.mean<Tensor2D>(tf.sigmoid(zipoDropout(engine, weights, latent)), 1, true);
        return out;
      });
      const extras = { geneImportance: pruned.geneImportance };
      const figures = { ...summary, sparsity: pruned.sparsity };
      return outcomeOf(data, shape, library, store.weights(), outputs, extras, figures);
    } finally {
      store.dispose();
    }
  } finally {
    moments.dispose();
  }
}

function scheduleOf(parameters: ZipoParameters): Schedule {
  const { epochs, batchSize, heldOutShare, patience, learningRate, initialRate, ratePatience, weightDecay } =
    parameters;
  return {
    epochs,
    batchSize,
    heldOutShare,
    patience,
    watch: 'nll',
    adam: { ...ADAM_DEFAULTS, learningRate, weightDecay },
    rate: {
      decay: { initial: initialRate, factor: 0.9 },
      ...(ratePatience > 0 && { plateau: { patience: ratePatience, factor: 0.1, minGain: 1e-3, relative: true } }),
    },
  };
}

/**
 * The expected count is l · softmax(h W + b). Under a recipe that leaves the library size in, l is the predicted one; under one
 * that takes it out, the counted one, so that expression is comparable between cells and the counts are those of the cell.
 */
function outcomeOf(
  data: ExpressionSource,
  shape: ZipoShape,
  library: Float64Array,
  weights: Record<string, Float32Array>,
  { latent, logSum, logLibrary, dropout }: Record<string, DenseOutput>,
  found: Record<string, DenseOutput>,
  summary: Record<string, number>,
): TrainOutcome {
  const takenOut = data.recipe.normalisation.librarySize !== 'none' || !logLibrary;
  const logScale = library.map((size, i) => (takenOut ? Math.log(size) : logLibrary.values[i]) - logSum.values[i]);
  const denoised = expectedCounts(data, latent, weights['mean/kernel'], weights['mean/bias'], logScale);
  const head = (title: string, name: string): Record<string, DenseOutput> =>
    headExtras(title, denoised.hidden.nDim, weights[`${name}/kernel`], weights[`${name}/bias`]);
  const extras = { ...found };
  const figures = { ...summary };
  if (logLibrary) {
    extras.librarySize = { nDim: 1, values: logLibrary.values.map(Math.exp) };
    figures.librarySizeError =
      logLibrary.values.reduce((sum, value, i) => sum + Math.abs(value - Math.log(library[i])), 0) / library.length;
  }
  if (dropout) {
    Object.assign(extras, head('dropout', 'dropout'));
    extras.cellDropout = dropout;
    figures.meanDropout = dropout.values.reduce((sum, value) => sum + value, 0) / dropout.values.length;
  }
  if (shape.likelihood !== 'zip') {
    if (shape.dispersion === 'conditional') Object.assign(extras, head('overdispersion', 'dispersion'));
    else
      extras.geneDispersion = {
        nDim: 1,
        values: weights['dispersion/bias'].map((value) => 1 / (Math.log1p(Math.exp(value)) + 1e-4)),
      };
  }
  return { latent, denoised, extras, summary: figures };
}

/** Counts of each cell over the genes that are modelled; 1 for a cell without any. */
function countedLibrary({ nObs, indptr, values }: CsrMatrix): Float64Array {
  const sizes = new Float64Array(nObs);
  for (let i = 0; i < nObs; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) sizes[i] += values[k];
    sizes[i] = Math.max(sizes[i], 1);
  }
  return sizes;
}
