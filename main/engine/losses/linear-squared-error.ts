import type { NamedTensorMap, Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { affine } from '../layers/affine.ts';
import { rawBackend } from '../tensorflow/raw-ops.ts';
import { gramSquaredError } from './gram-squared-error.ts';
import { sumOfSquares } from './sum-of-squares.ts';

/**
 * Squared error of a linear output layer, in one expression with its own gradient:
 * `L = 1/n Σᵢ ‖xᵢ − (hᵢ W + b)‖²`, summed over genes, averaged over observations.
 *
 * The residual is the only array of batch × genes that is kept; its gradient's factor 2/n is applied to the small
 * arrays around it, not to the residual itself. In a training step on native TensorFlow whose batch is at least twice as
 * large as the hidden layer is wide, not even the residual is made: see `gramSquaredError`.
 *
 * @param h [n, nHidden]
 * @param kernel [nHidden, nVar]
 * @param bias [nVar]
 * @param x [n, nVar], a constant: no gradient flows into it
 */
export function linearSquaredError(engine: Engine, h: Tensor2D, kernel: Tensor2D, bias: Tensor1D, x: Tensor2D): Scalar {
  const { tf } = engine;
  const n = x.shape[0];
  const backend = rawBackend(engine);
  if (backend && tf.engine().isTapeOn() && n >= 2 * h.shape[1])
    return gramSquaredError(engine, backend, h, kernel, bias, x);
  const lossOf = tf.customGrad((...inputs: unknown[]) => {
    const [hidden, w, b] = inputs as [Tensor2D, Tensor2D, Tensor1D];
    const save = inputs[3] as (tensors: Tensor[]) => void;
    const predicted = affine(engine, hidden, w, b);
    const residual = tf.sub(predicted, x) as Tensor2D;
    predicted.dispose();
    save([hidden, w, residual]);
    const value = tf.div(sumOfSquares(engine, residual), n) as Scalar;
    const gradFunc = (dy: Scalar, saved: Tensor[]): Tensor[] => {
      const [hidden, w, residual] = saved as [Tensor2D, Tensor2D, Tensor2D];
      const factor = tf.mul(dy, 2 / n);
      const dHidden = tf.mul(tf.matMul(residual, w, false, true), factor);
      const dKernel = tf.matMul(tf.mul(hidden, factor) as Tensor2D, residual, true, false);
      const dBias = tf.reshape(tf.matMul(tf.mul(tf.ones([1, n]), factor) as Tensor2D, residual), [-1]);
      return [dHidden, dKernel, dBias];
    };
    return { value, gradFunc: gradFunc as (dy: Tensor, saved: Tensor[]) => Tensor[] & NamedTensorMap };
  });
  return lossOf(h, kernel, bias) as Scalar;
}
