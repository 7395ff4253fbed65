import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { Random } from '../random/random.ts';
import { startEngine } from '../start-engine.ts';
import { linearSquaredError } from './linear-squared-error.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const nVar = 37;
const nHidden = 16;

interface Arrays {
  h: Float32Array;
  kernel: Float32Array;
  bias: Float32Array;
  x: Float32Array;
}

function made(n: number): Arrays {
  const random = Random.from(7, 'squared error');
  const normal = (length: number, sd: number): Float32Array => random.fillNormal(new Float32Array(length), sd);
  return {
    h: normal(n * nHidden, 1),
    kernel: normal(nHidden * nVar, 0.5),
    bias: normal(nVar, 2),
    x: normal(n * nVar, 3),
  };
}

/** Residual, loss and gradients in double precision, by their definition. */
function byHand({ h, kernel, bias, x }: Arrays, n: number): { loss: number; gradients: Float64Array[] } {
  const dH = new Float64Array(n * nHidden);
  const dKernel = new Float64Array(nHidden * nVar);
  const dBias = new Float64Array(nVar);
  let loss = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < nVar; j++) {
      let residual = bias[j] - x[i * nVar + j];
      for (let c = 0; c < nHidden; c++) residual += h[i * nHidden + c] * kernel[c * nVar + j];
      loss += residual ** 2 / n;
      dBias[j] += (2 / n) * residual;
      for (let c = 0; c < nHidden; c++) {
        dH[i * nHidden + c] += (2 / n) * residual * kernel[c * nVar + j];
        dKernel[c * nVar + j] += (2 / n) * residual * h[i * nHidden + c];
      }
    }
  }
  return { loss, gradients: [dH, dKernel, dBias] };
}

function tensorsOf({ h, kernel, bias, x }: Arrays, n: number): [Tensor2D, Tensor2D, Tensor1D, Tensor2D] {
  const { tf } = engine;
  return [
    tf.tensor2d(h, [n, nHidden]),
    tf.tensor2d(kernel, [nHidden, nVar]),
    tf.tensor1d(bias),
    tf.tensor2d(x, [n, nVar]),
  ];
}

describe('squared error of a linear layer', () => {
  // Batches below and above twice the hidden width: by the residual, and multiplied out.
  it.each([5, 31, 32, 200])('has the loss and the gradients of its definition (batch of %i)', (n) => {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const arrays = made(n);
    const expected = byHand(arrays, n);
    const [h, kernel, bias, x] = tensorsOf(arrays, n);
    // As a part of a larger loss, so that the gradient that comes in is not 1.
    const { value, grads } = tf
      .engine()
      .gradients(
        () => tf.mul(linearSquaredError(engine, h, kernel, bias, x), 3) as Scalar,
        [h, kernel, bias] as Tensor[],
        undefined,
        true,
      );
    expect(value.dataSync()[0] / (3 * expected.loss)).toBeCloseTo(1, 5);
    grads.forEach((gradient, i) => {
      const largest = Math.max(...expected.gradients[i].map(Math.abs));
      const worst = Math.max(...gradient.dataSync().map((entry, k) => Math.abs(entry - 3 * expected.gradients[i][k])));
      expect(worst / largest, ['hidden', 'kernel', 'bias'][i]).toBeLessThan(1e-5);
    });
    const loss = tf.tidy(() => linearSquaredError(engine, h, kernel, bias, x).dataSync()[0]);
    expect(loss / expected.loss).toBeCloseTo(1, 5);
    tf.dispose([h, kernel, bias, x, value, ...grads]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('is not negative where the fit is perfect', () => {
    const { tf } = engine;
    for (const seed of [1, 2, 3, 4]) {
      const n = 64;
      const arrays = made(n);
      arrays.h = Random.from(seed, 'hidden').fillNormal(new Float32Array(n * nHidden));
      const [h, kernel, bias] = tensorsOf(arrays, n);
      const x = tf.add(tf.matMul(h, kernel), bias) as Tensor2D;
      const { value, grads } = tf
        .engine()
        .gradients(
          () => linearSquaredError(engine, h, kernel, bias, x),
          [h, kernel, bias] as Tensor[],
          undefined,
          true,
        );
      const squares = tf.tidy(() => tf.sum(tf.square(x)).dataSync()[0]) / n;
      expect(value.dataSync()[0]).toBeGreaterThanOrEqual(0);
      expect(value.dataSync()[0]).toBeLessThan(1e-5 * squares);
      tf.dispose([h, kernel, bias, x, value, ...grads]);
    }
  });
});
