import { expect, it } from 'vitest';
import { GradientNorms } from './gradient-norms.ts';

it('measures a few steps of each epoch and keeps the largest', () => {
  for (const nSteps of [1, 3, 4, 5, 11, 400]) {
    const norms = new GradientNorms(nSteps);
    const due = Array.from({ length: nSteps }, (_, step) => step).filter((step) => norms.isDue(step));
    expect(due[0]).toBe(0);
    expect(due.length).toBeLessThanOrEqual(4);
    expect(due.length).toBeGreaterThanOrEqual(Math.min(nSteps, 2));
  }
  const norms = new GradientNorms(10);
  expect(norms.term()).toEqual({});
  for (const norm of [undefined, 3, undefined, 7, 2]) norms.add(norm);
  expect(norms.term()).toEqual({ gradientNorm: 7 });
  norms.add(NaN);
  norms.add(Infinity);
  expect(norms.term()).toEqual({ gradientNorm: 7 });
});
