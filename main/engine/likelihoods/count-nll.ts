import type { NamedTensorMap, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { nonzeroTerms } from './nonzero-terms.ts';
import type { SparseCounts } from './sparse-counts.ts';
import { zeroTerms, type CountParameters } from './zero-terms.ts';

const ORDER = ['logMean', 'dispersion', 'dropout'] as const;

/**
 * Mean negative log-likelihood per entry of counts: Poisson, negative binomial, and either with zero inflation, by which
 * parameters are given; all [nObs, nVar]. Values and gradients are computed together and in closed form: every entry as if it
 * were zero, then the few others in their places.
 */
export function countNll(engine: Engine, counts: SparseCounts, parameters: CountParameters): Scalar {
  const { tf } = engine;
  const names = ORDER.filter((name) => parameters[name]);
  const nEntries = counts.nObs * counts.nVar;
  const named = (tensors: Tensor[]): CountParameters =>
    Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as unknown as CountParameters;
  const lossOf = tf.customGrad((...inputs: unknown[]) => {
    const tensors = inputs.slice(0, names.length) as Tensor[];
    const save = inputs[names.length] as (saved: Tensor[]) => void;
    const flat = tensors.map((tensor) => tf.reshape(tensor, [nEntries]));
    const zeros = zeroTerms(engine, named(flat));
    const at = flat.map((tensor) => tf.gather(tensor, counts.positions));
    const others = nonzeroTerms(engine, counts, named(at));
    const together = (name: 'nll' | (typeof ORDER)[number]): Tensor =>
      tf.tensorScatterUpdate(zeros[name]!, counts.places, others[name]!);
    save(names.map(together));
    const value = tf.div(tf.sum(together('nll')), nEntries) as Scalar;
    const gradFunc = (dy: Scalar, slopes: Tensor[]): Tensor[] => {
      const factor = tf.div(dy, nEntries);
      return slopes.map((slope) => tf.mul(tf.reshape(slope, [counts.nObs, counts.nVar]), factor));
    };
    return { value, gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor[] & NamedTensorMap };
  });
  return lossOf(...names.map((name) => parameters[name]!)) as Scalar;
}
