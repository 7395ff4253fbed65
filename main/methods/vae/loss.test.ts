import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../engine/engine.ts';
import { Random } from '../../engine/random/random.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { klDivergence, sampleLatent } from './loss.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

/** ∫ q log(q/p) for one normal against the standard one, by the midpoint rule. */
function klByIntegration(mean: number, sd: number): number {
  const n = 200_000;
  const [low, high] = [mean - 12 * sd, mean + 12 * sd];
  const width = (high - low) / n;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const z = low + (i + 0.5) * width;
    const logQ = -0.5 * ((z - mean) / sd) ** 2 - Math.log(sd);
    sum += Math.exp(logQ) * (logQ + 0.5 * z * z) * width;
  }
  return sum / Math.sqrt(2 * Math.PI);
}

describe('klDivergence', () => {
  it('is zero at the prior', () => {
    const { tf } = engine;
    expect(klDivergence(engine, { mean: tf.zeros([3, 4]), logSd: tf.zeros([3, 4]) }).dataSync()[0]).toBe(0);
  });

  it('is the integral of its definition, summed over dimensions and averaged over observations', () => {
    const { tf } = engine;
    const means = [0.5, -1.2, 2, 0];
    const sds = [0.3, 1.5, 0.9, 2];
    const value = klDivergence(engine, {
      mean: tf.tensor2d(means, [2, 2]),
      logSd: tf.tensor2d(sds.map(Math.log), [2, 2]),
    }).dataSync()[0];
    const expected = means.reduce((sum, mean, i) => sum + klByIntegration(mean, sds[i]), 0) / 2;
    expect(value).toBeCloseTo(expected, 4);
  });
});

describe('sampleLatent', () => {
  it('draws with the given mean and standard deviation while training, and takes the mean otherwise', () => {
    const { tf } = engine;
    const n = 20_000;
    const posterior = { mean: tf.fill([n, 1], 3) as never, logSd: tf.fill([n, 1], Math.log(0.5)) as never };
    const drawn = sampleLatent(engine, posterior, {
      training: true,
      random: Random.from(1, 'noise'),
    }).dataSync<'float32'>();
    const mean = drawn.reduce((sum, z) => sum + z / n, 0);
    const variance = drawn.reduce((sum, z) => sum + (z - mean) ** 2 / n, 0);
    expect(mean).toBeCloseTo(3, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
    expect(sampleLatent(engine, posterior, { training: false, random: Random.from(1, 'noise') }).dataSync()[7]).toBe(3);
  });
});
