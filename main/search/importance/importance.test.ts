import { describe, expect, it } from 'vitest';
import { Random } from '../../engine/random/random.ts';
import { searchDomainSchema, type SearchSpace } from '../search-domain.ts';
import { importances } from './importance.ts';

const random = Random.from(3, 'test');
const space: SearchSpace = {
  strong: searchDomainSchema.parse({ low: 0, high: 1 }),
  weak: searchDomainSchema.parse({ low: 1e-3, high: 1, log: true }),
  idle: searchDomainSchema.parse({ low: 0, high: 1 }),
  kind: searchDomainSchema.parse({ choices: ['a', 'b'] }),
};
const draw = () => ({
  strong: random.uniform(),
  weak: 10 ** (-3 * random.uniform()),
  idle: random.uniform(),
  kind: random.uniform() < 0.5 ? 'a' : 'b',
});

describe('importance', () => {
  it('finds the shares of a sum of effects', () => {
    // A line of slope a over [0, 1] has the variance a²/12, a step of 1 between two halves 1/4.
    const trials = Array.from({ length: 300 }, () => {
      const parameters = draw();
      const value = 3 * parameters.strong + -Math.log10(parameters.weak) / 3 + (parameters.kind === 'a' ? 1 : 0);
      return { parameters, value };
    });
    const variances = { strong: 9 / 12, weak: 1 / 12, kind: 1 / 4 };
    const total = 9 / 12 + 1 / 12 + 1 / 4;
    const found = new Map(importances(space, trials).map(({ key, share }) => [key, share]));
    for (const [key, variance] of Object.entries(variances)) expect(found.get(key)).toBeCloseTo(variance / total, 1);
    expect(found.get('idle')).toBeLessThan(0.02);
    expect([...found.keys()][0]).toBe('strong');
  });

  it('gives an interplay to neither of its settings', () => {
    const trials = Array.from({ length: 400 }, () => {
      const parameters = draw();
      return { parameters, value: parameters.strong > 0.5 === (parameters.kind === 'a') ? 1 : 0 };
    });
    const sum = importances(space, trials).reduce((total, { share }) => total + share, 0);
    expect(sum).toBeLessThan(0.2);
  });

  it('says nothing where there is nothing to say', () => {
    const flat = Array.from({ length: 30 }, () => ({ parameters: draw(), value: 1 }));
    expect(importances(space, flat)).toEqual([]);
    expect(
      importances(
        space,
        flat.slice(0, 5).map((trial, value) => ({ ...trial, value })),
      ),
    ).toEqual([]);
  });
});
