/**
 * How soon the samplers of a search find the least of known functions: log10 of the best value less the minimum, mean
 * over seeds. Repeat: `node build/experiments/search-samplers.ts [trials] [seeds]`; the peer is search_samplers.py.
 */
import { proposeTrial, type Observation, type SamplerKind } from '../../main/search/propose-trial.ts';
import { searchDomainSchema, type SearchSpace, type SearchValue } from '../../main/search/search-domain.ts';

const [nTrials, nSeeds] = [Number(process.argv[2] ?? 80), Number(process.argv[3] ?? 20)];

type Parameters = Record<string, SearchValue>;
const domain = (written: unknown) => searchDomainSchema.parse(written);
const number = (value: SearchValue): number => value as number;

const problems: { name: string; space: SearchSpace; value: (p: Parameters) => number }[] = [
  {
    name: 'sphere, 5 dimensions',
    space: Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((key) => [key, domain({ low: -5, high: 5 })])),
    value: (p) => Object.values(p).reduce<number>((sum, x) => sum + number(x) ** 2, 0),
  },
  {
    name: 'Branin',
    space: { x: domain({ low: -5, high: 10 }), y: domain({ low: 0, high: 15 }) },
    value: ({ x, y }) => {
      const b = 5.1 / (4 * Math.PI ** 2);
      const [u, v] = [number(x), number(y)];
      return (v - b * u * u + (5 / Math.PI) * u - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(u) + 10 - 0.397887;
    },
  },
  {
    name: 'rate, width, kind, share',
    space: {
      rate: domain({ low: 1e-5, high: 1, log: true }),
      width: domain({ low: 4, high: 512, log: true, step: 1 }),
      kind: domain({ choices: ['a', 'b', 'c', 'd'] }),
      share: domain({ low: 0, high: 0.9, step: 0.1 }),
    },
    value: ({ rate, width, kind, share }) =>
      (Math.log10(number(rate)) + 3) ** 2 +
      Math.log2(number(width) / 64) ** 2 / 4 +
      (kind === 'c' ? 0 : 1) +
      (number(share) - 0.5) ** 2,
  },
];

function best(sampler: SamplerKind, { space, value }: (typeof problems)[number], seed: number): number {
  const seen: Observation[] = [];
  let least = Infinity;
  for (let trial = 0; trial < nTrials; trial++) {
    const parameters = proposeTrial(sampler, space, seen, seed, trial);
    const loss = value(parameters);
    least = Math.min(least, loss);
    seen.push({ parameters, outcome: { kind: 'done', loss } });
  }
  return Math.log10(least + 1e-12);
}

console.log(`${nTrials} trials, ${nSeeds} seeds: mean (sd) of log10(best)`);
for (const problem of problems) {
  const texts = (['tpe', 'random'] as const).map((sampler) => {
    const values = Array.from({ length: nSeeds }, (_, seed) => best(sampler, problem, seed));
    const mean = values.reduce((sum, value) => sum + value, 0) / nSeeds;
    const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (nSeeds - 1));
    return `${sampler} ${mean.toFixed(2)} (${sd.toFixed(2)})`;
  });
  console.log(`${problem.name}: ${texts.join(', ')}`);
}
