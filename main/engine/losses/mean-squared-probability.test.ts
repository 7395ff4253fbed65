import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { logSoftmax } from '../layers/log-softmax.ts';
import { startEngine } from '../start-engine.ts';
import { meanSquaredProbability } from './mean-squared-probability.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

const close = (a: Tensor, b: Tensor): void => {
  const truth = b.dataSync();
  a.dataSync().forEach((value, i) => expect(Math.abs(value - truth[i])).toBeLessThan(1e-6 + 1e-5 * Math.abs(truth[i])));
};

it('is the mean of σ², with the gradient of its composition', () => {
  const { tf } = engine;
  const r = tf.tensor2d([-40, -3, -0.5, 0, 1, 30], [2, 3]);
  const composed = (x: Tensor): Tensor => tf.mul(tf.mean(tf.square(tf.sigmoid(x))), 3);
  const ours = tf.valueAndGrad((x: Tensor) => tf.mul(meanSquaredProbability(engine, x), 3))(r);
  const plain = tf.valueAndGrad(composed)(r);
  close(ours.value, plain.value);
  close(ours.grad, plain.grad);
});

it('takes the logarithm of a softmax, with the gradient of its composition', () => {
  const { tf } = engine;
  const x = tf.tensor2d([1, -2, 0.5, 60, 3, -60], [2, 3]);
  const weights = tf.tensor2d([1, 2, -1, 0.5, 3, 1], [2, 3]);
  const ours = tf.valueAndGrad((t: Tensor) => tf.sum(tf.mul(logSoftmax(engine, t as Tensor2D), weights)))(x);
  const plain = tf.valueAndGrad((t: Tensor) => tf.sum(tf.mul(tf.logSoftmax(t), weights)))(x);
  close(ours.value, plain.value);
  close(ours.grad, plain.grad);
});
