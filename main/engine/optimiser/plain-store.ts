import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { correctedStep } from './corrected-step.ts';
import type { OptimiserSettings, ParameterSpec, ParameterStore, Weights } from './parameter-store.ts';

/** Adam and RMSprop in plain tensor operations, for backends without TensorFlow's variables; the twin of the resource store. */
export function createPlainStore(
  engine: Engine,
  specs: Record<string, ParameterSpec>,
  settings: OptimiserSettings,
): ParameterStore {
  const { tf } = engine;
  const names = Object.keys(specs);
  const filled = (name: string, values: Float32Array): Tensor =>
    tf.keep(tf.tensor(values.slice(), [...specs[name].shape], 'float32'));
  const zeros = (name: string): Tensor => tf.keep(tf.zeros([...specs[name].shape], 'float32'));
  const weights: Weights = {};
  const moment1: Weights = {};
  const moment2: Weights = {};
  for (const name of names) {
    weights[name] = filled(name, specs[name].initial);
    moment1[name] = zeros(name);
    moment2[name] = zeros(name);
  }
  let steps = 0;

  const replace = (group: Weights, name: string, value: Tensor): void => {
    group[name].dispose();
    group[name] = tf.keep(value);
  };
  const copies = (group: Weights, prefix = ''): Record<string, Float32Array> =>
    Object.fromEntries(names.map((name) => [prefix + name, Float32Array.from(group[name].dataSync())]));

  return {
    names,
    get steps() {
      return steps;
    },
    read: () => Object.fromEntries(names.map((name) => [name, weights[name].clone()])),
    step(gradients, learningRate = settings.learningRate) {
      steps++;
      if ('rho' in settings) {
        for (const name of names) {
          tf.tidy(() => {
            const gradient = gradients[name];
            const change = tf.mul(tf.sub(tf.square(gradient), moment2[name]), 1 - Math.fround(settings.rho));
            const v = tf.add(moment2[name], change);
            const move = tf.div(tf.mul(gradient, learningRate), tf.sqrt(tf.add(v, settings.epsilon ** 2)));
            replace(moment2, name, v);
            replace(weights, name, tf.sub(weights[name], move));
          });
        }
        return;
      }
      const { rate, epsilon } = correctedStep(settings, steps, learningRate);
      for (const name of names) {
        tf.tidy(() => {
          const gradient = gradients[name];
          const m = tf.add(moment1[name], tf.mul(tf.sub(gradient, moment1[name]), 1 - Math.fround(settings.beta1)));
          const v = tf.add(
            moment2[name],
            tf.mul(tf.sub(tf.square(gradient), moment2[name]), 1 - Math.fround(settings.beta2)),
          );
          const decayed =
            settings.weightDecay > 0 && specs[name].shape.length > 1
              ? tf.sub(weights[name], tf.mul(weights[name], learningRate * settings.weightDecay))
              : weights[name];
          const updated = tf.sub(decayed, tf.div(tf.mul(m, rate), tf.add(tf.sqrt(v), epsilon)));
          replace(moment1, name, m);
          replace(moment2, name, v);
          replace(weights, name, updated);
        });
      }
    },
    weights: () => copies(weights),
    assign(values) {
      for (const name of names) replace(weights, name, filled(name, values[name]));
    },
    snapshot: () => ({
      ...copies(weights, 'weights/'),
      ...copies(moment1, 'moment1/'),
      ...copies(moment2, 'moment2/'),
    }),
    restore(arrays, atStep) {
      for (const name of names) {
        replace(weights, name, filled(name, arrays[`weights/${name}`]));
        replace(moment1, name, filled(name, arrays[`moment1/${name}`]));
        replace(moment2, name, filled(name, arrays[`moment2/${name}`]));
      }
      steps = atStep;
    },
    dispose() {
      for (const group of [weights, moment1, moment2]) for (const name of names) group[name].dispose();
    },
  };
}
