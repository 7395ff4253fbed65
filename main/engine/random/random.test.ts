import { describe, expect, it } from 'vitest';
import { Random } from './random.ts';

describe('Random', () => {
  it('repeats for the same seed and purpose, and differs for others', () => {
    const draw = (seed: number, purpose: string) =>
      Array.from(Random.from(seed, purpose).fillUniform(new Float32Array(4), 0, 1));
    expect(draw(1, 'weights')).toEqual(draw(1, 'weights'));
    expect(draw(1, 'weights')).not.toEqual(draw(2, 'weights'));
    expect(draw(1, 'weights')).not.toEqual(draw(1, 'shuffle'));
  });

  it('goes on exactly where its state was taken', () => {
    const random = Random.from(7, 'noise');
    random.fillNormal(new Float32Array(101));
    const state = JSON.parse(JSON.stringify(random.state())) as number[];
    const expected = Array.from(random.fillNormal(new Float32Array(33)));
    expect(Array.from(Random.restore(state).fillNormal(new Float32Array(33)))).toEqual(expected);
  });

  it('draws uniform and normal values with the right moments', () => {
    const n = 200_000;
    const uniform = Random.from(3, 'test').fillUniform(new Float32Array(n), -1, 3);
    const normal = Random.from(3, 'test').fillNormal(new Float32Array(n), 2);
    const mean = (values: Float32Array) => values.reduce((sum, value) => sum + value / n, 0);
    expect(mean(uniform)).toBeCloseTo(1, 1);
    expect(Math.min(...uniform.subarray(0, 50_000))).toBeGreaterThanOrEqual(-1);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value * value))).toBeCloseTo(4, 1);
  });

  it('keeps the mean of what a dropout mask multiplies', () => {
    const mask = Random.from(5, 'mask').fillKept(new Float32Array(100_000), 0.3);
    const zeros = mask.filter((value) => value === 0).length;
    expect(zeros / mask.length).toBeCloseTo(0.3, 2);
    expect(mask.reduce((sum, value) => sum + value, 0) / mask.length).toBeCloseTo(1, 2);
  });

  it('shuffles to a permutation', () => {
    const order = Random.from(2, 'shuffle').shuffle(Uint32Array.from({ length: 500 }, (_, i) => i));
    expect(Array.from(order)).not.toEqual(Array.from(order.slice().sort()));
    expect(Array.from(order.slice().sort())).toEqual(Array.from({ length: 500 }, (_, i) => i));
  });
});
