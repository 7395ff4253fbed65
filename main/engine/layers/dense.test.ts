import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { numericGradient } from '../fixtures/numeric-gradient.ts';
import { Random } from '../random/random.ts';
import { startEngine } from '../start-engine.ts';
import { dense, type Activation } from './dense.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const [n, nIn, nOut] = [5, 7, 4];
const shapes: Record<string, number[]> = { x: [n, nIn], 'layer/kernel': [nIn, nOut], 'layer/bias': [nOut] };

function arrays(): Record<string, Float32Array> {
  const random = Random.from(3, 'dense');
  return Object.fromEntries(
    Object.entries(shapes).map(([name, shape]) => [
      name,
      random.fillNormal(new Float32Array(shape.reduce((a, b) => a * b))),
    ]),
  );
}

const tensorsOf = (values: Record<string, Float32Array>): Record<string, Tensor> =>
  Object.fromEntries(Object.entries(values).map(([name, array]) => [name, engine.tf.tensor(array, shapes[name])]));

/** Σ y² of the layer: every entry of the output counts, each with its own slope. */
function squares(tensors: Record<string, Tensor>, activation: Activation): Tensor {
  const { tf } = engine;
  return tf.sum(tf.square(dense(engine, tensors, 'layer', tensors.x as Tensor2D, activation)));
}

describe.each(['linear', 'relu'] as const)('dense layer, %s', (activation) => {
  it('is activation(x · W + b)', () => {
    const { x, 'layer/kernel': kernel, 'layer/bias': bias } = arrays();
    const y = dense(engine, tensorsOf(arrays()), 'layer', engine.tf.tensor2d(x, [n, nIn]), activation).dataSync();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < nOut; j++) {
        let sum = bias[j];
        for (let k = 0; k < nIn; k++) sum += x[i * nIn + k] * kernel[k * nOut + j];
        expect(y[i * nOut + j]).toBeCloseTo(activation === 'relu' ? Math.max(0, sum) : sum, 5);
      }
    }
  });

  it('has the gradients that finite differences show, for input, kernel and bias', () => {
    const { tf } = engine;
    const values = arrays();
    const slopes = numericGradient(
      values,
      (at) => tf.tidy(() => squares(tensorsOf(at), activation).dataSync()[0]),
      1e-2,
    );
    const tensors = tensorsOf(values);
    const names = Object.keys(shapes);
    const { grads } = tf.engine().gradients(
      () => squares(tensors, activation) as never,
      names.map((name) => tensors[name]),
    );
    names.forEach((name, i) => {
      const gradient = grads[i].dataSync();
      for (const [entry, slope] of slopes[name]) expect(gradient[entry], `${name}[${entry}]`).toBeCloseTo(slope, 1);
    });
  });

  it('leaves no tensor behind', () => {
    const { tf } = engine;
    const tensors = tensorsOf(arrays());
    const before = tf.memory().numTensors;
    const { value, grads } = tf
      .engine()
      .gradients(() => squares(tensors, activation) as never, [tensors['layer/kernel']]);
    tf.dispose([value, ...grads]);
    expect(tf.memory().numTensors).toBe(before);
    tf.dispose(tensors);
  });
});
