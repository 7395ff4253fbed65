import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { batchNorm, batchNormParameters, type Moments, type MomentsSeen } from '../../engine/layers/batch-norm.ts';
import { dense, denseParameters } from '../../engine/layers/dense.ts';
import { logSoftmax } from '../../engine/layers/log-softmax.ts';
import type { CountParameters } from '../../engine/likelihoods/zero-terms.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import { LEAST_OVERDISPERSION } from '../counts/count-model.ts';
import type { GeneFacts } from '../counts/gene-facts.ts';

/** Layers and heads of ZiPo. */
export interface ZipoShape {
  nVar: number;
  /** From the first encoding layer to the latent one. */
  widths: readonly number[];
  /** Whether every encoding layer also reaches the latent one directly. */
  residuals: boolean;
  likelihood: 'zip' | 'zinb' | 'nb';
  /** One θ per gene, or one per gene and cell. */
  dispersion: 'constant' | 'conditional';
  /** Known numbers of each cell that join the latent variables before the heads (U' of section II-C). */
  nCovariates?: number;
  /** Whether the library size is predicted from the latent variables or taken as observed. */
  library: 'predicted' | 'observed';
}

/** Where the heads start: the mean log library size always; where genes are given, at these alone, whatever the cell. */
export interface ZipoStart {
  meanLogLibrary: number;
  genes: GeneFacts | null;
}

/** How the normalised layers get their moments. */
export interface Normalising {
  seen?: MomentsSeen;
  given?: (name: string) => Moments | undefined;
}

/** Widths of the subnetwork that predicts the library size (section II-G). */
const LIBRARY_WIDTHS = [16, 4];
/** What exp still bears, with room for the counts. */
const LOG_LIBRARY_LIMITS = [-10, 20] as const;

/** φ of a gene by itself is kept within these, in logarithms. */
export const LOG_OVERDISPERSION_LIMITS = [Math.log(LEAST_OVERDISPERSION), Math.log(1e4)] as const;

export const FIRST_LAYER = 'encoder/1/kernel';

export function zipoParameters(shape: ZipoShape, random: Random, start: ZipoStart): Record<string, ParameterSpec> {
  const { nVar, widths } = shape;
  const latent = widths[widths.length - 1];
  const encoded = latent + (shape.nCovariates ?? 0);
  const parameters: Record<string, ParameterSpec> = {};
  const block = (name: string, nIn: number, nOut: number): void =>
    void Object.assign(parameters, denseParameters(name, nIn, nOut, random), batchNormParameters(name, nOut));
  widths.forEach((width, i) => {
    block(`encoder/${i + 1}`, i === 0 ? nVar : widths[i - 1], width);
    if (!shape.residuals || i === widths.length - 1) return;
    const { [`residual/${i + 1}/kernel`]: kernel } = denseParameters(`residual/${i + 1}`, width, latent, random);
    parameters[`residual/${i + 1}/kernel`] = kernel;
  });
  if (shape.library === 'predicted') {
    LIBRARY_WIDTHS.forEach((width, i) => block(`library/${i + 1}`, i === 0 ? encoded : LIBRARY_WIDTHS[i - 1], width));
    Object.assign(parameters, denseParameters('library/out', LIBRARY_WIDTHS[1], 1, random));
    parameters['library/out/bias'].initial.fill(start.meanLogLibrary);
  }
  Object.assign(parameters, denseParameters('mean', encoded, nVar, random));
  if (start.genes) parameters['mean/bias'].initial.set(start.genes.logRate);
  if (shape.likelihood !== 'zip') {
    if (shape.dispersion === 'constant') {
      const initial = start.genes?.dispersion.map((theta) => -Math.log(theta)) ?? new Float32Array(nVar);
      parameters['dispersion/log'] = { shape: [nVar], initial };
    } else {
      // The inverse of softplus.
      const bias = start.genes?.dispersion.map((theta) => Math.log(Math.expm1(1 / theta)));
      Object.assign(parameters, denseParameters('dispersion', encoded, nVar, random));
      if (bias) parameters['dispersion/bias'].initial.set(bias);
    }
  }
  if (shape.likelihood !== 'nb') {
    Object.assign(parameters, denseParameters('dropout', encoded, nVar, random));
    if (start.genes) parameters['dropout/bias'].initial.fill(-3);
  }
  if (start.genes) {
    // Rare genes hardly move: whatever weights they start with would stay, as noise of their rates.
    for (const head of ['mean', 'dispersion', 'dropout']) parameters[`${head}/kernel`]?.initial.fill(0);
  }
  return parameters;
}

/**
 * x [n, nVar] → latent variables [n, widths[last]]. Each block is dense, sigmoid, batch norm (section II-C); a residual is a
 * linear map of a layer's output that is added to the latent layer, as their widths differ.
 */
export function zipoEncode(
  engine: Engine,
  weights: Weights,
  shape: ZipoShape,
  x: Tensor2D,
  normalising: Normalising,
): Tensor2D {
  const { tf } = engine;
  let h = x;
  let residual: Tensor2D | null = null;
  shape.widths.forEach((_, i) => {
    const name = `encoder/${i + 1}`;
    const active: Tensor2D = tf.sigmoid(dense(engine, weights, name, h, 'linear'));
    h = normalise(engine, weights, name, active, normalising);
    const kernel = weights[`residual/${i + 1}/kernel`] as Tensor2D | undefined;
    if (!kernel) return;
    const added = tf.matMul(h, kernel) as Tensor2D;
    residual = residual ? tf.add<Tensor2D>(residual, added) : added;
  });
  return residual ? tf.add(h, residual) : h;
}

/**
 * Latent variables with the known covariates, V of section II-C: [n, widths[last] + nCovariates]; what all heads read.
 *
 * @param covariates [n, nCovariates]; null where there are none
 */
export function zipoEncoded({ tf }: Engine, latent: Tensor2D, covariates: Tensor2D | null): Tensor2D {
  return covariates ? tf.concat([latent, covariates], 1) : latent;
}

/** Encoded cells → log of the predicted library size [n, 1]: dense, batch norm, sigmoid; 16–4–1. */
export function zipoLibrary(engine: Engine, weights: Weights, latent: Tensor2D, normalising: Normalising): Tensor2D {
  const { tf } = engine;
  let h = latent;
  LIBRARY_WIDTHS.forEach((_, i) => {
    const name = `library/${i + 1}`;
    h = tf.sigmoid(normalise(engine, weights, name, dense(engine, weights, name, h, 'linear'), normalising));
  });
  return tf.clipByValue(dense(engine, weights, 'library/out', h, 'linear'), ...LOG_LIBRARY_LIMITS);
}

/** Encoded cells → the linear layer before the log-softmax [n, nVar]. */
export function zipoRates(engine: Engine, weights: Weights, latent: Tensor2D): Tensor2D {
  return dense(engine, weights, 'mean', latent, 'linear');
}

/** logits of the dropout probability [n, nVar]. */
export function zipoDropout(engine: Engine, weights: Weights, latent: Tensor2D): Tensor2D {
  return dense(engine, weights, 'dropout', latent, 'linear');
}

/**
 * Parameters of the counts, all [n, nVar]: log m = log l + log-softmax. The further parameter of the negative binomial is its
 * overdispersion φ = 1/θ, which is 0 for Poisson, so that a penalty on it draws towards the simpler distribution.
 *
 * @param logLibrary [n, 1]
 */
export function zipoHeads(
  engine: Engine,
  weights: Weights,
  shape: ZipoShape,
  latent: Tensor2D,
  logLibrary: Tensor2D,
): { parameters: CountParameters; overdispersion: Tensor | null } {
  const { tf } = engine;
  const logMean = tf.add(logSoftmax(engine, zipoRates(engine, weights, latent)), logLibrary);
  const dropout = shape.likelihood === 'nb' ? undefined : zipoDropout(engine, weights, latent);
  if (shape.likelihood === 'zip') return { parameters: { logMean, dropout }, overdispersion: null };
  const overdispersion =
    shape.dispersion === 'conditional'
      ? tf.add(tf.softplus(dense(engine, weights, 'dispersion', latent, 'linear')), LEAST_OVERDISPERSION)
      : // In logarithms: the first estimates hold the differences between cells, and φ has to fall by orders of magnitude.
        tf.reshape(tf.exp(tf.clipByValue(weights['dispersion/log'], ...LOG_OVERDISPERSION_LIMITS)), [1, shape.nVar]);
  const theta = tf.broadcastTo(tf.minimum(tf.reciprocal(overdispersion), 1e4), logMean.shape as [number, number]);
  return { parameters: { logMean, dispersion: theta, dropout }, overdispersion };
}

function normalise(
  engine: Engine,
  weights: Weights,
  name: string,
  x: Tensor2D,
  { seen, given }: Normalising,
): Tensor2D {
  return batchNorm(engine, weights, name, x, seen, given?.(name));
}
