import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustedRandIndex } from './clusters/adjusted-rand-index.ts';
import { bestAssignment } from './clusters/best-assignment.ts';
import { clusterScores } from './clusters/cluster-scores.ts';
import { confusionMatrix } from './clusters/confusion-matrix.ts';
import { contingencyTable } from './clusters/contingency-table.ts';
import { mutualInformation } from './clusters/information.ts';
import { normalisedMutualInformation, type NmiAverage } from './clusters/normalised-mutual-information.ts';
import { silhouette } from './clusters/silhouette.ts';
import { vMeasure } from './clusters/v-measure.ts';
import { cosineByObs } from './rowwise/cosine-by-obs.ts';
import { absoluteErrorByObs, squaredErrorByObs } from './rowwise/error-by-obs.ts';
import { meanOverObs } from './rowwise/mean-over-obs.ts';
import { pearsonByObs } from './rowwise/pearson-by-obs.ts';
import { spearmanByObs } from './rowwise/spearman-by-obs.ts';

interface Golden {
  clusters: {
    name: string;
    truth: number[];
    clusters: number[];
    ari: number;
    nmi: Record<NmiAverage, number>;
    mutualInformation: number;
    homogeneity: number;
    completeness: number;
    vMeasure: number;
    matchedShare: number;
  }[];
  silhouettes: { name: string; nDim: number; values: number[]; codes: number[]; value: number }[];
  rowwise: Record<
    'truth' | 'predicted' | 'absoluteError' | 'squaredError' | 'cosine' | 'pearson' | 'spearman',
    number[]
  > & { nDim: number };
}

const golden = JSON.parse(readFileSync(new URL('./metrics.golden.json', import.meta.url), 'utf8')) as Golden;
const codes = (values: number[]): Int32Array => Int32Array.from(values);
const DIGITS = 9;

function expectAllClose(actual: ArrayLike<number>, expected: number[]): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) expect(actual[i]).toBeCloseTo(expected[i], DIGITS);
}

describe('clusters against labels, as scikit-learn', () => {
  it.each(golden.clusters)('$name', (made) => {
    const truth = codes(made.truth);
    const clusters = codes(made.clusters);
    expect(adjustedRandIndex(truth, clusters)).toBeCloseTo(made.ari, DIGITS);
    for (const average of ['arithmetic', 'geometric', 'min', 'max'] as const) {
      expect(normalisedMutualInformation(truth, clusters, average)).toBeCloseTo(made.nmi[average], DIGITS);
    }
    expect(mutualInformation(contingencyTable(truth, clusters))).toBeCloseTo(made.mutualInformation, DIGITS);
    const v = vMeasure(truth, clusters);
    expect(v.homogeneity).toBeCloseTo(made.homogeneity, DIGITS);
    expect(v.completeness).toBeCloseTo(made.completeness, DIGITS);
    expect(v.vMeasure).toBeCloseTo(made.vMeasure, DIGITS);
    expect(confusionMatrix(truth, clusters).matchedShare).toBeCloseTo(made.matchedShare, DIGITS);
  });
});

describe('silhouette, as scikit-learn', () => {
  it.each(golden.silhouettes)('$name', async (made) => {
    const result = await silhouette(Float64Array.from(made.values), made.nDim, codes(made.codes));
    expect(result.value).toBeCloseTo(made.value, DIGITS);
    expect(result).toMatchObject({ nUsed: made.codes.length, sampled: false });
  });

  it('leaves missing codes out, and is not defined for one cluster or for clusters of one', async () => {
    const made = golden.silhouettes[0];
    const values = Float64Array.from([...made.values, ...new Array(made.nDim).fill(1e6)]);
    const withMissing = await silhouette(values, made.nDim, codes([...made.codes, -1]));
    expect(withMissing.value).toBeCloseTo(made.value, DIGITS);
    expect(withMissing.nUsed).toBe(made.codes.length);
    const few = Float64Array.from([1, 2, 3]);
    expect((await silhouette(few, 1, codes([0, 0, 0]))).value).toBeNaN();
    expect((await silhouette(few, 1, codes([0, 1, 2]))).value).toBeNaN();
    expect((await silhouette(new Float64Array(0), 1, codes([]))).value).toBeNaN();
    expect((await silhouette(Float64Array.from([1, 1, 1, 1]), 1, codes([0, 1, 0, 1]))).value).toBe(0);
  });

  it('samples by seed beyond the limit and says so', async () => {
    const made = golden.silhouettes[0];
    const values = Float64Array.from(made.values);
    const ask = (seed: number) => silhouette(values, made.nDim, codes(made.codes), { maxObs: 60, seed });
    const first = await ask(1);
    expect(first).toMatchObject({ nUsed: 60, sampled: true });
    expect(await ask(1)).toEqual(first);
    expect((await ask(2)).value).not.toBe(first.value);
    expect(Math.abs(first.value - made.value)).toBeLessThan(0.15);
  });

  it('hears cancel', async () => {
    const n = 6000;
    const abort = new AbortController();
    const work = silhouette(
      new Float64Array(n * 2).map((_, i) => i),
      2,
      new Int32Array(n).map((_, i) => i % 2),
      {},
      { signal: abort.signal },
    );
    abort.abort();
    await expect(work).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('scores by observation, as SciPy', () => {
  const { nDim } = golden.rowwise;
  const truth = Float64Array.from(golden.rowwise.truth);
  const predicted = Float64Array.from(golden.rowwise.predicted);
  it.each([
    ['absoluteError', absoluteErrorByObs],
    ['squaredError', squaredErrorByObs],
    ['cosine', cosineByObs],
    ['pearson', pearsonByObs],
    ['spearman', spearmanByObs],
  ] as const)('%s', (name, score) => {
    expectAllClose(score(truth, predicted, nDim), golden.rowwise[name]);
  });

  it('has no correlation for constant observations, and the mean leaves them out and counts them', () => {
    const constant = Float32Array.from([0.1, 0.1, 0.1, 1, 2, 3]);
    const other = Float32Array.from([1, 2, 3, 2, 4, 6]);
    expect(pearsonByObs(constant, other, 3)[0]).toBeNaN();
    expect(spearmanByObs(constant, other, 3)[0]).toBeNaN();
    expect(cosineByObs(new Float32Array(3), other.subarray(0, 3), 3)[0]).toBeNaN();
    const { mean, ...numbers } = meanOverObs(pearsonByObs(constant, other, 3));
    expect(mean).toBeCloseTo(1, 12);
    expect(numbers).toEqual({ nUsed: 1, nUndefined: 1 });
    expect(() => pearsonByObs(constant, other, 4)).toThrow(/one shape/);
  });
});

describe('properties of the cluster metrics', () => {
  const pair = fc
    .integer({ min: 1, max: 60 })
    .chain((n) =>
      fc.tuple(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n }),
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: n, maxLength: n }),
      ),
    );

  it('stay in their bounds, are symmetric, and turn homogeneity into completeness', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const ab = clusterScores(codes(a), codes(b));
        const ba = clusterScores(codes(b), codes(a));
        expect(ab.ari).toBeGreaterThanOrEqual(-0.5 - 1e-12);
        for (const value of Object.values(ab)) expect(value).toBeLessThanOrEqual(1 + 1e-12);
        for (const name of ['nmi', 'homogeneity', 'completeness', 'v_measure'] as const)
          expect(ab[name]).toBeGreaterThanOrEqual(0);
        expect(ab.ari).toBeCloseTo(ba.ari, 12);
        expect(ab.nmi).toBeCloseTo(ba.nmi, 12);
        expect(ab.homogeneity).toBeCloseTo(ba.completeness, 12);
      }),
    );
  });

  it('do not depend on the names of clusters nor on the order of observations', () => {
    fc.assert(
      fc.property(pair, fc.integer(), ([a, b], salt) => {
        const plain = clusterScores(codes(a), codes(b));
        const renamed = clusterScores(codes(a), codes(b.map((code) => ((code + 3) * 17) % 101)));
        const order = a.map((_, i) => i).sort((i, j) => ((i * 7919 + salt) % 61) - ((j * 7919 + salt) % 61) || i - j);
        const shuffled = clusterScores(codes(order.map((i) => a[i])), codes(order.map((i) => b[i])));
        for (const name of Object.keys(plain) as (keyof typeof plain)[]) {
          expect(renamed[name]).toBeCloseTo(plain[name], 10);
          expect(shuffled[name]).toBeCloseTo(plain[name], 10);
        }
        expect(clusterScores(codes(a), codes(a)).ari).toBe(1);
      }),
    );
  });

  it('leave observations with a missing code out', () => {
    fc.assert(
      fc.property(pair, ([a, b]) => {
        const plain = clusterScores(codes(a), codes(b));
        const table = contingencyTable(codes([...a, -1, 2]), codes([...b, 0, -1]));
        expect(table).toMatchObject({ n: a.length, nMissing: 2 });
        expect(clusterScores(codes([...a, -1, 2]), codes([...b, 0, -1]))).toEqual(plain);
      }),
    );
  });

  it('have no value without observations', () => {
    for (const value of Object.values(clusterScores(codes([]), codes([])))) expect(value).toBeNaN();
    for (const value of Object.values(clusterScores(codes([-1, 0]), codes([0, -1])))) expect(value).toBeNaN();
    expect(() => clusterScores(codes([1]), codes([]))).toThrow(/same observations/);
  });

  it('keep exact pair counts at a million observations', () => {
    const n = 1_000_000;
    const truth = new Int32Array(n).map((_, i) => i % 1000);
    expect(adjustedRandIndex(truth, truth)).toBe(1);
    const halves = new Int32Array(n).map((_, i) => (i < n / 2 ? 0 : 1));
    // Independent by construction: every label has 500 observations in each half. Value: scikit-learn.
    expect(adjustedRandIndex(truth, halves)).toBeCloseTo(-1.998005990021958e-6, 15);
  });
});

describe('confusion matrix', () => {
  it('puts clusters in the order of the labels that they match', () => {
    const truth = codes([0, 0, 0, 1, 1, 2, 2, 2, -1]);
    const clusters = codes([7, 7, 4, 4, 4, 5, 5, 9, 5]);
    const matrix = confusionMatrix(truth, clusters);
    expect([...matrix.truthCodes]).toEqual([0, 1, 2]);
    expect([...matrix.clusterCodes]).toEqual([7, 4, 5, 9]);
    expect([...matrix.counts]).toEqual([2, 1, 0, 0, 0, 2, 0, 0, 0, 0, 2, 1]);
    expect([...matrix.matched]).toEqual([7, 4, 5]);
    expect(matrix.matchedShare).toBe(6 / 8);
    expect(matrix.nMissing).toBe(1);
  });

  it('finds the best assignment among all permutations', () => {
    const weights = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 12, maxLength: 12 });
    const permutations = (items: number[]): number[][] =>
      items.length === 0
        ? [[]]
        : items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
    const orders = permutations([0, 1, 2, 3]);
    fc.assert(
      fc.property(weights, (w) => {
        const best = Math.max(...orders.map((order) => w[order[0]] + w[4 + order[1]] + w[8 + order[2]]));
        const wide = bestAssignment(w, 3, 4);
        expect([...wide].reduce((sum, c, r) => sum + w[r * 4 + c], 0)).toBe(best);
        const transposed = Array.from({ length: 12 }, (_, at) => w[(at % 3) * 4 + Math.floor(at / 3)]);
        const tall = bestAssignment(transposed, 4, 3);
        expect([...tall].reduce((sum, c, r) => sum + (c < 0 ? 0 : transposed[r * 3 + c]), 0)).toBe(best);
        expect([...tall].filter((c) => c < 0)).toHaveLength(1);
      }),
    );
  });
});
