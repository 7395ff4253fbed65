import { describe, expect, it } from 'vitest';
import { Random } from '../engine/random/random.ts';
import { gamma, gammaPoisson, poisson } from './draws.ts';

const N = 40_000;

function moments(draw: () => number): { mean: number; variance: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < N; i++) {
    const value = draw();
    sum += value;
    squares += value * value;
  }
  const mean = sum / N;
  return { mean, variance: squares / N - mean * mean };
}

/** Five standard errors of the mean, and a share for the variance: a right generator fails once in a million. */
function expectMoments(draw: () => number, mean: number, variance: number) {
  const seen = moments(draw);
  expect(Math.abs(seen.mean - mean)).toBeLessThan(5 * Math.sqrt(variance / N));
  expect(Math.abs(seen.variance / variance - 1)).toBeLessThan(0.15);
}

describe('draws', () => {
  it.each([0.3, 1, 7])('gamma of shape %f has its mean and variance', (shape) => {
    const random = Random.from(1, 'gamma');
    expectMoments(() => gamma(shape, random), shape, shape);
  });

  it.each([0.05, 3, 29, 80, 1500])('Poisson of rate %f has its mean and variance', (rate) => {
    const random = Random.from(2, 'poisson');
    expectMoments(() => poisson(rate, random), rate, rate);
  });

  it.each([
    [0.02, 0.3],
    [0.8, 2],
    [5, 0.5],
    [19, 0.1],
    [21, 0.1],
    [300, 0.4],
    [0.5, 0],
    [60, 0],
  ])('gamma–Poisson of mean %f and dispersion %f has its mean and variance', (mean, dispersion) => {
    const random = Random.from(3, 'gamma-poisson');
    expectMoments(() => gammaPoisson(mean, dispersion, random), mean, mean + dispersion * mean * mean);
  });

  it('has the zeros that the formula says', () => {
    const random = Random.from(4, 'zeros');
    for (const [mean, dispersion] of [
      [0.3, 0.5],
      [2, 1.5],
      [25, 2],
    ]) {
      let zeros = 0;
      for (let i = 0; i < N; i++) if (gammaPoisson(mean, dispersion, random) === 0) zeros++;
      const chance = (1 + dispersion * mean) ** (-1 / dispersion);
      expect(Math.abs(zeros / N - chance)).toBeLessThan(5 * Math.sqrt((chance * (1 - chance)) / N));
    }
  });
});
