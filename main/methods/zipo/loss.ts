import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { countNll } from '../../engine/likelihoods/count-nll.ts';
import type { SparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import { meanSquaredProbability } from '../../engine/losses/mean-squared-probability.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import type { LossTerms } from '../training/training.types.ts';
import {
  FIRST_LAYER,
  zipoEncode,
  zipoEncoded,
  zipoHeads,
  zipoLibrary,
  type Normalising,
  type ZipoShape,
} from './network.ts';
import { weightSpread } from './sparsity.ts';

/** Weights of the penalties. */
export interface ZipoPenalties {
  alphaZ: number;
  alphaW: number;
  alphaTheta: number;
  libraryPenalty: number;
}

/**
 * `−E[log L] + α_z E[z²] + α_w spread(W₁) + α_θ E[φ²] + λ E[(l − Σx)²]` (sections II-D to II-E and III-F); the first three means
 * are over entries, the last over cells.
 *
 * @param library [n, 1], counted library sizes
 */
export function zipoLoss(
  engine: Engine,
  weights: Weights,
  shape: ZipoShape,
  penalties: ZipoPenalties,
  batch: { x: Tensor2D; counts: SparseCounts; library: Tensor2D; covariates?: Tensor2D | null },
  normalising: Normalising,
): LossTerms {
  const { tf } = engine;
  const latent = zipoEncoded(
    engine,
    zipoEncode(engine, weights, shape, batch.x, normalising),
    batch.covariates ?? null,
  );
  const predicted = shape.library === 'predicted';
  const logLibrary = predicted ? zipoLibrary(engine, weights, latent, normalising) : tf.log(batch.library);
  const { parameters, overdispersion } = zipoHeads(engine, weights, shape, latent, logLibrary);
  const nll = countNll(engine, batch.counts, parameters);
  const terms: LossTerms = { total: nll, nll: nll.clone() };
  const add = (name: string, factor: number, term: () => Scalar): void => {
    if (factor === 0) return;
    terms[name] = term();
    terms.total = tf.add(terms.total, tf.mul(terms[name], factor)) as Scalar;
  };
  if (parameters.dropout) add('dropout', penalties.alphaZ, () => meanSquaredProbability(engine, parameters.dropout!));
  add('weights', penalties.alphaW, () => weightSpread(engine, weights[FIRST_LAYER] as Tensor2D));
  if (overdispersion) add('dispersion', penalties.alphaTheta, () => meanSquare(engine, overdispersion));
  if (predicted)
    add('library', penalties.libraryPenalty, () => meanSquare(engine, tf.sub(tf.exp(logLibrary), batch.library)));
  return terms;
}

function meanSquare({ tf }: Engine, x: Parameters<Engine['tf']['square']>[0]): Scalar {
  return tf.mean(tf.square(x)) as Scalar;
}
