import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../engine/engine.ts';
import { batchNorm, type Moments, type MomentsSeen } from '../../engine/layers/batch-norm.ts';
import { dense, glorotParameters } from '../../engine/layers/dense.ts';
import { countNll } from '../../engine/likelihoods/count-nll.ts';
import type { SparseCounts } from '../../engine/likelihoods/sparse-counts.ts';
import type { ParameterSpec, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import type { GeneFacts } from '../counts/gene-facts.ts';

/** Layers and heads of a deep count autoencoder. */
export interface DcaShape {
  nVar: number;
  widths: readonly number[];
  /** Which of the layers is the latent one, from 0. */
  latentLayer: number;
  batchNorm: boolean;
  likelihood: 'poisson' | 'zip' | 'nb' | 'zinb';
  /** Of the negative binomial: one θ per gene, or one per gene and cell. */
  dispersion: 'constant' | 'conditional';
}

/** How the normalised layers get their moments. */
export interface Normalising {
  seen?: MomentsSeen;
  given?: (name: string) => Moments | undefined;
}

/** Of the logarithm of the mean at the median library size. */
export const LOG_MEAN_LIMITS = [Math.log(1e-5), Math.log(1e6)] as const;

export const hasDispersion = ({ likelihood }: Pick<DcaShape, 'likelihood'>): boolean => likelihood.endsWith('nb');
export const hasDropout = ({ likelihood }: Pick<DcaShape, 'likelihood'>): boolean => likelihood.startsWith('zi');

/**
 * Weights of the deep count autoencoder (Eraslan et al. 2019): dense layers with a batch norm that shifts but does not scale,
 * and heads for mean, dispersion and dropout on the last of them.
 *
 * @param start where the heads start; null: at zero, as the tool does
 */
export function dcaParameters(shape: DcaShape, random: Random, start: GeneFacts | null): Record<string, ParameterSpec> {
  const { nVar, widths } = shape;
  const parameters: Record<string, ParameterSpec> = {};
  widths.forEach((width, i) => {
    const name = `hidden/${i + 1}`;
    Object.assign(parameters, glorotParameters(name, i === 0 ? nVar : widths[i - 1], width, random));
    if (shape.batchNorm) parameters[`${name}/shift`] = { shape: [width], initial: new Float32Array(width) };
  });
  const last = widths[widths.length - 1];
  Object.assign(parameters, glorotParameters('mean', last, nVar, random));
  if (start) parameters['mean/bias'].initial.set(start.logRate);
  if (hasDispersion(shape)) {
    if (shape.dispersion === 'constant') {
      const initial = new Float32Array(nVar);
      if (start) start.dispersion.forEach((theta, j) => (initial[j] = Math.log(theta)));
      parameters['dispersion/log'] = { shape: [nVar], initial };
    } else {
      Object.assign(parameters, glorotParameters('dispersion', last, nVar, random));
      // The inverse of softplus.
      if (start) parameters['dispersion/bias'].initial.set(start.dispersion.map((t) => t + Math.log(-Math.expm1(-t))));
    }
  }
  if (hasDropout(shape)) {
    Object.assign(parameters, glorotParameters('dropout', last, nVar, random));
    if (start) parameters['dropout/bias'].initial.fill(-3);
  }
  return parameters;
}

/** x [n, nVar] → the latent layer before its norm, and the last hidden layer. */
export function dcaHidden(
  engine: Engine,
  weights: Weights,
  shape: DcaShape,
  x: Tensor2D,
  { seen, given }: Normalising,
): { latent: Tensor2D; hidden: Tensor2D } {
  const { tf } = engine;
  let hidden = x;
  let latent = x;
  shape.widths.forEach((_, i) => {
    const name = `hidden/${i + 1}`;
    const linear = dense(engine, weights, name, hidden, 'linear');
    if (i === shape.latentLayer) latent = linear;
    const normal = shape.batchNorm ? batchNorm(engine, weights, name, linear, seen, given?.(name)) : linear;
    hidden = tf.relu(normal);
  });
  return { latent, hidden };
}

/** logits of the dropout probability, [n, nVar]. */
export function dcaDropout(engine: Engine, weights: Weights, hidden: Tensor2D): Tensor2D {
  return dense(engine, weights, 'dropout', hidden, 'linear');
}

/**
 * Mean negative log-likelihood per entry: mean = clip(exp, 10⁻⁵, 10⁶) · s, θ = clip(softplus, 10⁻⁴, 10⁴) per cell or clip(exp,
 * 10⁻³, 10⁴) per gene.
 *
 * @param logSize [n, 1], log s of the size factors
 */
export function dcaNll(
  engine: Engine,
  weights: Weights,
  shape: DcaShape,
  hidden: Tensor2D,
  counts: SparseCounts,
  logSize: Tensor2D,
): { nll: Scalar; dropout: Tensor2D | null } {
  const { tf } = engine;
  const eta = dense(engine, weights, 'mean', hidden, 'linear');
  const logMean = tf.add(tf.clipByValue(eta, ...LOG_MEAN_LIMITS), logSize);
  const dropout = hasDropout(shape) ? dcaDropout(engine, weights, hidden) : null;
  const theta = hasDispersion(shape) ? dispersionOf(engine, weights, shape, hidden) : null;
  const nll = countNll(engine, counts, {
    logMean,
    ...(theta && { dispersion: theta }),
    ...(dropout && { dropout }),
  });
  return { nll, dropout };
}

function dispersionOf(engine: Engine, weights: Weights, shape: DcaShape, hidden: Tensor2D): Tensor {
  const { tf } = engine;
  if (shape.dispersion === 'conditional')
    return tf.clipByValue(tf.softplus(dense(engine, weights, 'dispersion', hidden, 'linear')), 1e-4, 1e4);
  const perGene = tf.clipByValue(tf.exp(weights['dispersion/log']), 1e-3, 1e4);
  return tf.broadcastTo(tf.reshape(perGene, [1, shape.nVar]), [hidden.shape[0], shape.nVar]);
}
