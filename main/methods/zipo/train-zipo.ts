import type { Rank, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { sparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import { ADAM_DEFAULTS, type Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import type { CovariateValues } from '../../preprocess/covariates/fit-covariates.ts';
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
  zipoEncoded,
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
  const known = context.covariates ?? null;
  const shape: ZipoShape = {
    ...parameters,
    nVar: data.nVar,
    widths: widthsOf(parameters.hiddenLayers),
    nCovariates: known?.nDim ?? 0,
  };
  const library = countedLibrary(data.counts);
  const split = splitObservations(data.nObs, parameters.heldOutShare, seed);
  const encode = (weights: Weights, x: Tensor2D, covariates: Tensor2D | null, normalising: Normalising) => {
    const latent = zipoEncode(engine, weights, shape, x, normalising);
    return { latent, encoded: zipoEncoded(engine, latent, covariates) };
  };
  const moments = new PopulationMoments(
    engine,
    data,
    split.training,
    parameters.batchSize,
    (weights, x, seen, rows) => {
      const { encoded } = encode(weights, x, rowsOf(engine, known, rows), { seen });
      if (shape.library === 'predicted') zipoLibrary(engine, weights, encoded, { seen });
    },
  );
  const given = { given: moments.of };
  const loss = (weights: Weights, seen: Batch): LossTerms => {
    const { rows, training } = seen;
    const sizes = tf.tensor2d(
      Float32Array.from(rows, (row) => library[row]),
      [rows.length, 1],
    );
    const x = corrupt(engine, seen, parameters.inputDropout);
    const batch = {
      x,
      counts: sparseCounts(engine, data.counts, rows),
      library: sizes,
      covariates: rowsOf(engine, known, rows),
    };
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
      const outcomeFor = async (
        source: ExpressionSource,
        covariates: CovariateValues | null,
      ): Promise<TrainOutcome> => {
        const outputs = await applyNetwork(
          { ...context, data: source },
          store,
          parameters.batchSize,
          (weights, x, rows) => {
            const { latent, encoded } = encode(weights, x, rowsOf(engine, covariates, rows), given);
            const out: Record<string, Tensor2D> = { latent };
            const sizesFrom = (cells: Tensor2D, prefix: string): void => {
              out[`${prefix}logSum`] = tf.logSumExp(zipoRates(engine, weights, cells), 1, true);
              if (shape.library === 'predicted')
                out[`${prefix}logLibrary`] = zipoLibrary(engine, weights, cells, given);
            };
            sizesFrom(encoded, '');
            if (covariates) {
              // As if all cells were the average one in what is known of them.
              const average = tf.zeros<Rank.R2>([rows.length, covariates.nDim]);
              sizesFrom(zipoEncoded(engine, latent, average), 'corrected ');
            }
            if (shape.likelihood !== 'nb')
              out.dropout = tf.mean<Tensor2D>(tf.sigmoid(zipoDropout(engine, weights, encoded)), 1, true);
            return out;
          },
        );
        const library = countedLibrary(source.counts);
        return zipoOutcome(source, shape, { library, covariates }, store.weights(), outputs);
      };
      const unseen = context.unseen?.expression ?? null;
      const unseenOutcome = (): Promise<TrainOutcome> => outcomeFor(unseen!, context.unseen?.covariates ?? null);
      const pruning = unseen && (await measurePruning(context, unseen, prune, unseenOutcome));
      const { sparsity, geneImportance } = await prune(parameters.pruneBelow);
      const outcome = await outcomeFor(data, known);
      return {
        ...outcome,
        ...(unseen && predictedParts(await unseenOutcome())),
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

/** Covariates of some cells, [rows, nDim]. */
function rowsOf({ tf }: Engine, covariates: CovariateValues | null, rows: Uint32Array): Tensor2D | null {
  if (!covariates) return null;
  const { nDim, values } = covariates;
  const chosen = new Float32Array(rows.length * nDim);
  rows.forEach((row, at) => chosen.set(values.subarray(row * nDim, (row + 1) * nDim), at * nDim));
  return tf.tensor2d(chosen, [rows.length, nDim]);
}
