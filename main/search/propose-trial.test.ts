import { describe, expect, it } from 'vitest';
import { Random } from '../engine/random/random.ts';
import { normalCdf } from './normal-distribution.ts';
import { numberAxis } from './number-axis.ts';
import { observationWeights, parzenEstimator } from './parzen-estimator.ts';
import { N_STARTUP, proposeTrial, type Observation, type SamplerKind } from './propose-trial.ts';
import { searchDomainSchema, type SearchSpace, type SearchValue } from './search-domain.ts';

const domain = (written: unknown) => searchDomainSchema.parse(written);

/** The best value after so many trials of a function that is to be made small. */
function bestOf(
  sampler: SamplerKind,
  space: SearchSpace,
  objective: (p: Record<string, SearchValue>) => number,
  nTrials: number,
  seed: number,
): number {
  const seen: Observation[] = [];
  let best = Infinity;
  for (let number = 0; number < nTrials; number++) {
    const parameters = proposeTrial(sampler, space, seen, seed, number);
    const loss = objective(parameters);
    best = Math.min(best, loss);
    seen.push({ parameters, outcome: { kind: 'done', loss } });
  }
  return best;
}

function meanLogBest(...args: [SamplerKind, SearchSpace, (p: Record<string, SearchValue>) => number, number]): number {
  const nSeeds = 12;
  let sum = 0;
  for (let seed = 0; seed < nSeeds; seed++) sum += Math.log10(bestOf(...args, seed) + 1e-12);
  return sum / nSeeds;
}

describe('proposals', () => {
  const problems: [string, SearchSpace, (p: Record<string, SearchValue>) => number][] = [
    [
      'the sphere in five dimensions',
      Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, domain({ low: -5, high: 5 })])),
      (p) => Object.values(p).reduce<number>((sum, x) => sum + (x as number) ** 2, 0),
    ],
    [
      "Branin's function less its minimum",
      { x: domain({ low: -5, high: 10 }), y: domain({ low: 0, high: 15 }) },
      (p) => {
        const [x, y] = [p.x as number, p.y as number];
        const b = 5.1 / (4 * Math.PI ** 2);
        return (
          (y - b * x * x + (5 / Math.PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10 - 0.397887
        );
      },
    ],
    [
      'a rate, a width and a kind, as networks have them',
      {
        rate: domain({ low: 1e-5, high: 1, log: true }),
        width: domain({ low: 4, high: 512, log: true, step: 1 }),
        kind: domain({ choices: ['a', 'b', 'c', 'd'] }),
        share: domain({ low: 0, high: 0.9, step: 0.1 }),
      },
      (p) =>
        (Math.log10(p.rate as number) + 3) ** 2 +
        Math.log2((p.width as number) / 64) ** 2 / 4 +
        (p.kind === 'c' ? 0 : 1) +
        ((p.share as number) - 0.5) ** 2,
    ],
  ];
  it.each(problems)('find the least of %s sooner than chance', (_name, space, objective) => {
    const guided = meanLogBest('tpe', space, objective, 80);
    const chance = meanLogBest('random', space, objective, 80);
    expect(guided).toBeLessThan(chance - 0.25);
  });

  it('follow from the seed and the number of the trial alone', () => {
    const space: SearchSpace = { x: domain({ low: 0, high: 1 }), n: domain({ low: 1, high: 64, log: true, step: 1 }) };
    const seen: Observation[] = Array.from({ length: 15 }, (_, i) => {
      const parameters = proposeTrial('tpe', space, [], 7, i);
      return { parameters, outcome: { kind: 'done', loss: parameters.x as number } };
    });
    expect(proposeTrial('tpe', space, seen, 7, 15)).toEqual(proposeTrial('tpe', space, structuredClone(seen), 7, 15));
    expect(proposeTrial('tpe', space, seen, 8, 15)).not.toEqual(proposeTrial('tpe', space, seen, 7, 15));
    // Before the estimators take over, nothing that was seen matters.
    expect(proposeTrial('tpe', space, seen.slice(0, 3), 7, 3)).toEqual(proposeTrial('random', space, [], 7, 3));
  });

  it('keep away from what was stopped or could not be trained', () => {
    const space: SearchSpace = { kind: domain({ choices: ['good', 'slow', 'broken'] }) };
    const seen: Observation[] = Array.from({ length: 30 }, (_, i) =>
      i % 3 === 0
        ? { parameters: { kind: 'good' }, outcome: { kind: 'done', loss: 1 } }
        : i % 3 === 1
          ? { parameters: { kind: 'slow' }, outcome: { kind: 'pruned', epoch: 3, loss: 0.5 } }
          : { parameters: { kind: 'broken' }, outcome: { kind: 'failed' } },
    );
    const proposed = Array.from({ length: 40 }, (_, i) => proposeTrial('tpe', space, seen, 1, 30 + i).kind);
    expect(proposed.filter((kind) => kind === 'good').length).toBeGreaterThan(35);
  });

  it('leave a preset outside of the range out of the estimate', () => {
    const space: SearchSpace = { x: domain({ low: 1, high: 2 }) };
    const seen: Observation[] = Array.from({ length: N_STARTUP + 5 }, (_, i) => ({
      parameters: { x: i === 0 ? 50 : 1 + i / 20 },
      outcome: { kind: 'done', loss: i },
    }));
    for (let number = 15; number < 30; number++) {
      const { x } = proposeTrial('tpe', space, seen, 3, number);
      expect(x).toBeGreaterThanOrEqual(1);
      expect(x).toBeLessThanOrEqual(2);
    }
  });
});

describe('the estimators', () => {
  it('are densities: they sum to 1 over what can be chosen', () => {
    for (const [written, tried] of [
      [{ low: 1, high: 12, step: 1 }, [3, 3, 4, 11]],
      [{ low: 2, high: 256, log: true, step: 2 }, [4, 64]],
      [{ choices: ['a', 'b', 'c'] }, ['a', 'a', 'b']],
    ] as const) {
      const space = domain(written);
      const estimator = parzenEstimator(
        { x: space },
        tried.map((x) => ({ x })),
      );
      const values =
        'choices' in space
          ? space.choices
          : Array.from(
              { length: Math.floor((space.high - space.low) / space.step!) + 1 },
              (_, i) => space.low + i * space.step!,
            );
      expect(values.reduce<number>((sum, value) => sum + Math.exp(estimator.logDensity({ x: value })), 0)).toBeCloseTo(
        1,
        4,
      );
    }
    const range = domain({ low: 1e-4, high: 1, log: true });
    const estimator = parzenEstimator({ x: range }, [{ x: 1e-3 }, { x: 2e-3 }, { x: 0.5 }]);
    const [low, high] = [Math.log(1e-4), 0];
    const step = (high - low) / 4000;
    let mass = 0;
    for (let i = 0; i < 4000; i++)
      mass += step * Math.exp(estimator.logDensity({ x: Math.exp(low + (i + 0.5) * step) }));
    expect(mass).toBeCloseTo(1, 4);
  });

  it('draw what they say is likely', () => {
    const space = domain({ low: 1, high: 10, step: 1 });
    const estimator = parzenEstimator({ x: space }, [{ x: 2 }, { x: 2 }, { x: 2 }, { x: 8 }]);
    const random = Random.from(5, 'test');
    const counts = new Map<SearchValue, number>();
    for (let i = 0; i < 20_000; i++) {
      const value = estimator.sample(random).x;
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    for (let value = 1; value <= 10; value++)
      expect((counts.get(value) ?? 0) / 20_000).toBeCloseTo(Math.exp(estimator.logDensity({ x: value })), 1.7);
  });

  it('propose together what does well together', () => {
    const space: SearchSpace = { x: domain({ choices: ['a', 'b'] }), y: domain({ choices: ['a', 'b'] }) };
    const tried = ['a', 'b', 'a', 'b', 'a', 'b'].map((both) => ({ x: both, y: both }));
    const estimator = parzenEstimator(space, tried);
    expect(estimator.logDensity({ x: 'a', y: 'a' })).toBeGreaterThan(estimator.logDensity({ x: 'a', y: 'b' }) + 1);
  });

  it('let old observations fade beyond 25', () => {
    expect(observationWeights(3)).toEqual([1, 1, 1]);
    const weights = observationWeights(35);
    expect(weights[0]).toBeCloseTo(1 / 35);
    expect(weights.slice(10)).toEqual(Array.from({ length: 25 }, () => 1));
    expect(observationWeights(26)[0]).toBeCloseTo(1 / 26);
  });

  it('know the normal distribution', () => {
    for (const [z, p] of [
      [0, 0.5],
      [1.959964, 0.975],
      [-1, 0.15865525],
      [4, 0.99996833],
    ])
      expect(normalCdf(z)).toBeCloseTo(p, 6);
  });
});

describe('numbers along an axis', () => {
  it('reach every step, and no more', () => {
    const axis = numberAxis({ low: 0.1, high: 0.75, log: false, step: 0.2 });
    const reached = new Set(
      Array.from({ length: 101 }, (_, i) => axis.value(axis.low + ((axis.high - axis.low) * i) / 100)),
    );
    expect([...reached]).toEqual([0.1, 0.3, 0.5, 0.7]);
  });

  it('keep four digits between the ends of a range', () => {
    const axis = numberAxis({ low: 1e-5, high: 0.12345, log: true });
    expect(axis.value(axis.low)).toBe(1e-5);
    expect(axis.value(axis.high)).toBe(0.12345);
    expect(axis.value(Math.log(0.001234567))).toBe(0.001235);
  });
});
