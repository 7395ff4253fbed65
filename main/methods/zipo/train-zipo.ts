import type { Tensor2D } from '@tensorflow/tfjs-core';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import { ADAM_DEFAULTS, type Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { corrupt } from '../autoencoder/corrupt.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import { geneFacts } from '../counts/gene-facts.ts';
import { PopulationMoments } from '../counts/population-moments.ts';
import { checkCountInput } from '../counts/raw-counts.ts';
import { predictedParts } from '../counts/predicted-parts.ts';
import type { TrainContext, TrainOutcome } from '../method.ts';
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
import { measurePruning } from './measure-pruning.ts';
import { countedLibrary, zipoOutcome } from './outcome.ts';
import { pruneFirstLayer, type Pruned } from './sparsity.ts';

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
      const prune = async (delta: number): Promise<Pruned> => {
        const pruned = pruneFirstLayer(trained[FIRST_LAYER], shape.widths[0], delta);
        store.assign({ ...trained, [FIRST_LAYER]: pruned.kernel });
        const read = store.read();
        await moments.update(read, signal).finally(() => tf.dispose(Object.values(read)));
        return pruned;
      };
      const outcomeFor = async (source: ExpressionSource): Promise<TrainOutcome> => {
        const outputs = await applyNetwork({ ...context, data: source }, store, parameters.batchSize, (weights, x) => {
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
        return zipoOutcome(source, shape, countedLibrary(source.counts), store.weights(), outputs);
      };
      const unseen = context.unseen?.expression ?? null;
      const pruning = unseen && (await measurePruning(context, unseen, prune, outcomeFor));
      const { sparsity, geneImportance } = await prune(parameters.pruneBelow);
      const outcome = await outcomeFor(data);
      return {
        ...outcome,
        ...(unseen && predictedParts(await outcomeFor(unseen))),
        extras: { ...outcome.extras, geneImportance, ...(pruning && { pruning }) },
        summary: { ...summary, sparsity, ...outcome.summary },
      };
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
