import type { NamedTensorMap, Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { nonzeroTerms } from './nonzero-terms.ts';
import type { SparseBlock, SparseCounts } from './sparse-counts.ts';
import { zeroTerms, type CountParameters } from './zero-terms.ts';

const ORDER = ['logMean', 'dispersion', 'dropout'] as const;
type Name = (typeof ORDER)[number];

/**
 * Mean negative log-likelihood per entry of counts: Poisson, negative binomial, and either with zero inflation, by which
 * parameters are given; all [nObs, nVar]. Values and gradients are computed together and in closed form, block by block: every
 * entry as if it were zero, then the few others in their places.
 */
export function countNll(engine: Engine, counts: SparseCounts, parameters: CountParameters): Scalar {
  const { tf } = engine;
  const { nObs, nVar, blocks } = counts;
  const names = ORDER.filter((name) => parameters[name]);
  const nEntries = nObs * nVar;
  const lossOf = tf.customGrad((...inputs: unknown[]) => {
    const tensors = inputs.slice(0, names.length) as Tensor[];
    const save = inputs[names.length] as (saved: Tensor[]) => void;
    const parts = blocks.map((block) => tf.tidy(() => blockTerms(engine, block, nVar, names, tensors)));
    save(
      names.map((_, i) =>
        parts.length === 1
          ? parts[0][i + 1]
          : tf.concat(
              parts.map((part) => part[i + 1]),
              0,
            ),
      ),
    );
    const value = tf.div(tf.addN(parts.map(([sum]) => sum)), nEntries) as Scalar;
    const gradFunc = (dy: Scalar, slopes: Tensor[]): Tensor[] => {
      const factor = tf.div(dy, nEntries);
      return slopes.map((slope) => tf.mul(slope, factor));
    };
    return { value, gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor[] & NamedTensorMap };
  });
  return lossOf(...names.map((name) => parameters[name]!)) as Scalar;
}

/** Sum of the negative log-likelihoods of a block, and the gradient by each parameter, [block.nObs, nVar]. */
function blockTerms(
  engine: Engine,
  block: SparseBlock,
  nVar: number,
  names: readonly Name[],
  tensors: readonly Tensor[],
): Tensor[] {
  const { tf } = engine;
  const named = (values: Tensor[]): CountParameters =>
    Object.fromEntries(names.map((name, i) => [name, values[i]])) as unknown as CountParameters;
  const flat = tensors.map((tensor) =>
    tf.reshape(tf.slice(tensor, [block.start, 0], [block.nObs, nVar]), [block.nObs * nVar]),
  );
  const zeros = zeroTerms(engine, named(flat));
  const others = nonzeroTerms(engine, block, named(flat.map((tensor) => tf.gather(tensor, block.positions))));
  const together = (name: 'nll' | Name): Tensor => tf.tensorScatterUpdate(zeros[name]!, block.places, others[name]!);
  return [tf.sum(together('nll')), ...names.map((name) => tf.reshape(together(name), [block.nObs, nVar]))];
}
