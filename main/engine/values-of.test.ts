import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from './engine.ts';
import { startEngine } from './start-engine.ts';
import { valuesOf } from './values-of.ts';

describe('valuesOf', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await startEngine();
  });

  it('reads what was computed and leaves no tensor behind', () => {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    expect([...valuesOf(engine, () => tf.mul(tf.add([1, 2, 3], 1), 2))]).toEqual([4, 6, 8]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('leaves none behind either when the computation fails', () => {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const compute = () => tf.matMul(tf.ones([2, 3]), tf.ones([2, 3]));
    expect(() => valuesOf(engine, compute)).toThrow(/shapes|size-incompatible/);
    expect(tf.memory().numTensors).toBe(before);
  });
});
