import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { Random } from '../random/random.ts';
import { startEngine } from '../start-engine.ts';
import {
  ADAM_DEFAULTS,
  createParameterStore,
  RMSPROP_DEFAULTS,
  type ParameterSpec,
  type ParameterStore,
} from './parameter-store.ts';
import { createPlainStore } from './plain-store.ts';
import { createResourceStore } from './resource-store.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

function specs(): Record<string, ParameterSpec> {
  const random = Random.from(1, 'specs');
  return {
    kernel: { shape: [7, 5], initial: random.fillNormal(new Float32Array(35)) },
    bias: { shape: [5], initial: random.fillNormal(new Float32Array(5)) },
  };
}

function stepWith(store: ParameterStore, random: Random): void {
  const { tf } = engine;
  const gradients = {
    kernel: tf.tensor(random.fillNormal(new Float32Array(35)), [7, 5]),
    bias: tf.tensor(random.fillNormal(new Float32Array(5)), [5]),
  };
  store.step(gradients);
  tf.dispose(gradients);
}

/** Adam as its paper prints it (algorithm 1), in double precision, for one number. */
function adamByHand(start: number, gradients: number[], rate: number): number {
  let [w, m, v] = [start, 0, 0];
  gradients.forEach((g, i) => {
    m = 0.9 * m + 0.1 * g;
    v = 0.999 * v + 0.001 * g * g;
    w -= (rate * (m / (1 - 0.9 ** (i + 1)))) / (Math.sqrt(v / (1 - 0.999 ** (i + 1))) + 1e-8);
  });
  return w;
}

describe('parameter store', () => {
  it('follows the printed algorithm of Adam', () => {
    const store = createParameterStore(
      engine,
      { w: { shape: [1], initial: Float32Array.of(0.5) } },
      { ...ADAM_DEFAULTS, learningRate: 0.01 },
    );
    const gradients = [0.3, -1.2, 0.05, 0.7, 2.5];
    for (const gradient of gradients) {
      const tensor = engine.tf.tensor1d([gradient]);
      store.step({ w: tensor });
      tensor.dispose();
    }
    expect(store.weights().w[0]).toBeCloseTo(adamByHand(0.5, gradients, 0.01), 6);
    store.dispose();
  });

  it.for([0, 0.1])('gives the same with fused and with plain operations (weight decay %s)', (weightDecay, test) => {
    const settings = { ...ADAM_DEFAULTS, learningRate: 0.01, weightDecay };
    const fused = createResourceStore(engine, specs(), settings);
    if (!fused) return test.skip('the WebAssembly backend has no fused operation; its store is the plain one');
    const plain = createPlainStore(engine, specs(), settings);
    const [randomA, randomB] = [Random.from(9, 'gradients'), Random.from(9, 'gradients')];
    for (let i = 0; i < 20; i++) {
      stepWith(fused, randomA);
      stepWith(plain, randomB);
    }
    const [a, b] = [fused.snapshot(), plain.snapshot()];
    for (const name of Object.keys(a)) {
      const worst = Math.max(...a[name].map((value, i) => Math.abs(value - b[name][i])));
      expect(worst, name).toBeLessThan(1e-6);
    }
    fused.dispose();
    plain.dispose();
  });

  it('follows RMSprop, fused and plain alike, at a rate that may change', () => {
    const settings = { ...RMSPROP_DEFAULTS, learningRate: 0.01 };
    const gradients = [0.3, -1.2, 1e-5, 0.7, 2.5];
    let [w, v] = [0.5, 0];
    gradients.forEach((g, i) => {
      v = 0.9 * v + 0.1 * g * g;
      w -= ((i < 3 ? 0.01 : 0.001) * g) / Math.sqrt(v + 1e-14);
    });
    for (const create of [createParameterStore, createPlainStore]) {
      const store = create(engine, { w: { shape: [1], initial: Float32Array.of(0.5) } }, settings);
      gradients.forEach((gradient, i) => {
        const tensor = engine.tf.tensor1d([gradient]);
        if (i < 3) store.step({ w: tensor });
        else store.step({ w: tensor }, 0.001);
        tensor.dispose();
      });
      expect(store.weights().w[0]).toBeCloseTo(w, 6);
      store.dispose();
    }
  });

  it('goes on from a snapshot bit for bit, and leaves no tensor behind', () => {
    const before = engine.tf.memory().numTensors;
    const straight = createParameterStore(engine, specs(), ADAM_DEFAULTS);
    const random = Random.from(4, 'gradients');
    for (let i = 0; i < 3; i++) stepWith(straight, random);
    const resumed = createParameterStore(engine, specs(), ADAM_DEFAULTS);
    resumed.restore(straight.snapshot(), straight.steps);
    const state = random.state();
    for (let i = 0; i < 3; i++) stepWith(straight, random);
    const again = Random.restore(state);
    for (let i = 0; i < 3; i++) stepWith(resumed, again);
    expect(resumed.snapshot()).toEqual(straight.snapshot());
    straight.dispose();
    resumed.dispose();
    expect(engine.tf.memory().numTensors).toBe(before);
  });
});
