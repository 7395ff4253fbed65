import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { floatType, rawBackend } from '../tensorflow/raw-ops.ts';

const LOG_GAMMA = 'LacunaLogGamma';
const DIGAMMA = 'LacunaDigamma';
const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * `log Γ(x)` for x > 0, entry by entry, as a node of the gradient tape whose derivative is the digamma function.
 *
 * TensorFlow has the operation. Elsewhere: Stirling's series from 3 on, and the recurrence `Γ(x) = Γ(x + 3) / (x (x + 1)
 * (x + 2))` below (Abramowitz and Stegun, 6.1.15 and 6.1.40).
 */
export function logGamma(engine: Engine, x: Tensor): Tensor {
  register(engine);
  return engine.tf.engine().runKernel(LOG_GAMMA, { x }) as Tensor;
}

/** `ψ(x) = d log Γ(x) / dx` for x > 0 (Abramowitz and Stegun, 6.3.5 and 6.3.18). It has no gradient of its own. */
export function digamma(engine: Engine, x: Tensor): Tensor {
  register(engine);
  return engine.tf.engine().runKernel(DIGAMMA, { x }) as Tensor;
}

function register(engine: Engine): void {
  const { tf, backend: backendName } = engine;
  if (tf.getKernel(LOG_GAMMA, backendName)) return;
  const backend = rawBackend(engine);
  const kernel = (kernelName: string, operation: string, composed: (x: Tensor) => Tensor): void =>
    tf.registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs }) => {
        const x = inputs.x as Tensor;
        return backend ? backend.executeSingleOutput(operation, [floatType(backend)], [x]) : tf.tidy(() => composed(x));
      },
    });
  kernel(LOG_GAMMA, 'Lgamma', (x) => composedLogGamma(engine, x));
  kernel(DIGAMMA, 'Digamma', (x) => composedDigamma(engine, x));
  tf.registerGradient({
    kernelName: LOG_GAMMA,
    inputsToSave: ['x'],
    gradFunc: (dy, [x]) => ({ x: () => tf.mul(dy as Tensor, digamma(engine, x)) }),
  });
}

function composedLogGamma({ tf }: Engine, x: Tensor): Tensor {
  const small = tf.less(x, 3);
  const shifted = tf.where(small, tf.add(x, 3), x);
  const inverse = tf.reciprocal(shifted);
  const squared = tf.square(inverse);
  const series = tf.mul(horner(tf, squared, [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188]), inverse);
  const logs = tf.sub(tf.mul(tf.sub(shifted, 0.5), tf.log(shifted)), shifted);
  const product = tf.mul(tf.mul(x, tf.add(x, 1)), tf.add(x, 2));
  const shift = tf.where(small, tf.log(product), tf.zerosLike(x));
  return tf.sub(tf.add(tf.add(logs, HALF_LOG_TWO_PI), series), shift);
}

function composedDigamma({ tf }: Engine, x: Tensor): Tensor {
  const small = tf.less(x, 3);
  const shifted = tf.where(small, tf.add(x, 3), x);
  const inverse = tf.reciprocal(shifted);
  const squared = tf.square(inverse);
  const series = tf.mul(horner(tf, squared, [1 / 12, -1 / 120, 1 / 252, -1 / 240, 1 / 132]), squared);
  const far = tf.sub(tf.sub(tf.log(shifted), tf.mul(inverse, 0.5)), series);
  const steps = tf.add(tf.add(tf.reciprocal(x), tf.reciprocal(tf.add(x, 1))), tf.reciprocal(tf.add(x, 2)));
  return tf.sub(far, tf.where(small, steps, tf.zerosLike(x)));
}

function horner(tf: Engine['tf'], x: Tensor, coefficients: readonly number[]): Tensor {
  return coefficients
    .slice(0, -1)
    .reduceRight<Tensor>(
      (sum, c) => tf.add(tf.mul(sum, x), c),
      tf.fill(x.shape, coefficients[coefficients.length - 1]),
    );
}
