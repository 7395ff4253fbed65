import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../engine.ts';
import { startEngine } from '../start-engine.ts';
import { sharedBuffer } from './shared-buffer.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

describe('shared buffer', () => {
  it('starts with zeros and gives each tensor the values of its filling', () => {
    const { tf } = engine;
    const buffer = sharedBuffer(engine, 3000);
    expect(buffer).toHaveLength(3000);
    expect(buffer.every((value) => value === 0)).toBe(true);
    for (const value of [1, 2, 3]) {
      const length = value === 3 ? 1000 : 3000;
      const tensor = tf.tensor1d(buffer.subarray(0, length).fill(value), 'float32');
      expect(tf.tidy(() => tf.sum(tensor).dataSync()[0])).toBe(value * length);
      tensor.dispose();
    }
  });

  it('is the memory that TensorFlow works in, on the processor', (test) => {
    if (engine.backend !== 'tensorflow' || engine.device !== 'CPU') return test.skip('values are copied here');
    const { tf } = engine;
    const buffer = sharedBuffer(engine, 256 * 1024);
    const tensor = tf.tensor1d(buffer, 'float32');
    const last = (): number => tf.tidy(() => tf.slice(tensor, [buffer.length - 1], [1]).dataSync()[0]);
    expect(last()).toBe(0);
    buffer[buffer.length - 1] = 5;
    expect(last()).toBe(5);
    tensor.dispose();
  });

  it('needs no probing for a handful of values', () => {
    expect(sharedBuffer(engine, 3)).toEqual(new Float32Array(3));
  });
});
