import { readFileSync } from 'node:fs';
import type { Tensor } from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { Engine } from '../engine.ts';
import { startEngine } from '../start-engine.ts';
import { countNll } from './count-nll.ts';
import { digamma, logGamma } from './gamma-function.ts';
import { nonzeroTerms } from './nonzero-terms.ts';
import { sparseCounts } from './sparse-counts.ts';
import { stirlingError, stirlingErrorSlope } from './stirling-error.ts';
import { zeroTerms, type CountParameters, type CountTerms } from './zero-terms.ts';

interface GoldenCase {
  model: string;
  x: number;
  logMean: number;
  dispersion?: number;
  dropout?: number;
  nll: number;
  gradient: { logMean: number; dispersion?: number; dropout?: number };
  dispersionScale: number;
}
type GammaRow = Record<'x' | 'logGamma' | 'digamma' | 'stirlingError' | 'stirlingErrorSlope', number>;
const golden = JSON.parse(readFileSync(new URL('likelihoods.golden.json', import.meta.url), 'utf8')) as {
  gamma: GammaRow[];
  cases: GoldenCase[];
};
const MODELS = ['poisson', 'zip', 'nb', 'zinb'];
const NAMES = ['logMean', 'dispersion', 'dropout'] as const;
type Name = (typeof NAMES)[number];

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});

/** Counts of one gene, one observation each. */
function column(values: readonly number[]): CsrMatrix {
  const nonzero = values.filter((value) => value > 0);
  const indptr = new Uint32Array(values.length + 1);
  values.forEach((value, i) => (indptr[i + 1] = indptr[i] + (value > 0 ? 1 : 0)));
  return {
    nObs: values.length,
    nVar: 1,
    indptr,
    indices: new Uint32Array(nonzero.length),
    values: Float32Array.from(nonzero),
  };
}

type Entry = Pick<GoldenCase, 'x' | Name>;

function parametersOf(entries: readonly Entry[], shape?: [number, number]): CountParameters {
  const tensors: Partial<Record<Name, Tensor>> = {};
  for (const name of NAMES) {
    if (entries[0][name] === undefined) continue;
    tensors[name] = engine.tf.tensor(
      Float32Array.from(entries, (entry) => entry[name]!),
      shape ?? [entries.length],
    );
  }
  return tensors as CountParameters;
}

/** Terms entry by entry: entries must all be zero or all be above. */
function termsOf(entries: readonly Entry[]): Record<'nll' | Name, Float32Array> {
  return engine.tf.tidy(() => {
    const parameters = parametersOf(entries);
    const values = entries.map(({ x }) => x);
    const rows = values.map((_, i) => i);
    const terms: CountTerms =
      values[0] === 0
        ? zeroTerms(engine, parameters)
        : nonzeroTerms(engine, sparseCounts(engine, column(values), rows).blocks[0], parameters);
    return Object.fromEntries(
      Object.entries(terms).map(([name, tensor]) => [name, (tensor as Tensor).dataSync().slice() as Float32Array]),
    ) as Record<'nll' | Name, Float32Array>;
  });
}

const relative = (value: number, truth: number, scale = 0): number =>
  Math.abs(value - truth) / Math.max(Math.abs(truth), scale, 1e-30);

describe('gamma function', () => {
  it('agrees with SciPy, in values and in the gradient that autodiff finds', () => {
    const { tf } = engine;
    const x = Float32Array.from(golden.gamma, (row) => row.x);
    const values = logGamma(engine, tf.tensor1d(x)).dataSync();
    const slopes = tf
      .grad((t) => logGamma(engine, t))(tf.tensor1d(x))
      .dataSync();
    const psi = digamma(engine, tf.tensor1d(x)).dataSync();
    golden.gamma.forEach((row, i) => {
      // log Γ is 0 at 1 and 2, ψ at 1.4616: there the error counts against the terms that cancel.
      expect(relative(values[i], row.logGamma, 0.5), `log Γ(${row.x})`).toBeLessThan(2e-6);
      expect(relative(psi[i], row.digamma, 1), `ψ(${row.x})`).toBeLessThan(2e-6);
      expect(slopes[i]).toBe(psi[i]);
    });
  });

  it("has the rest of Stirling's formula to 1e-6 of 1, its slope too", () => {
    const x = engine.tf.tensor1d(golden.gamma.map((row) => row.x));
    const [values, slopes] = [stirlingError(engine, x).dataSync(), stirlingErrorSlope(engine, x).dataSync()];
    golden.gamma.forEach((row, i) => {
      expect(relative(values[i], row.stirlingError, 1), `δ(${row.x})`).toBeLessThan(1e-6);
      expect(relative(slopes[i], row.stirlingErrorSlope, 1), `δ'(${row.x})`).toBeLessThan(1e-6);
    });
  });
});

describe.each(MODELS)('%s', (model) => {
  it.each(['zero', 'above zero'])('agrees with SciPy and PyTorch to 1e-5: counts %s', (kind) => {
    const cases = golden.cases.filter((one) => one.model === model && one.x > 0 === (kind === 'above zero'));
    expect(cases.length).toBeGreaterThan(30);
    const terms = termsOf(cases);
    cases.forEach((one, i) => {
      const at = JSON.stringify(one);
      expect(relative(terms.nll[i], one.nll), `nll ${terms.nll[i]}: ${at}`).toBeLessThan(1e-5);
      // Where the mean is the count the gradient is a difference of the two, each rounded.
      const mean = Math.exp(one.logMean);
      const cancelled = one.x > 0 ? 0.03 * Math.min(one.x, mean) : 0;
      const scales = { logMean: cancelled, dispersion: one.dispersionScale, dropout: 0 };
      for (const name of NAMES) {
        const truth = one.gradient[name];
        if (truth === undefined) continue;
        const scale = Math.min(1e30, scales[name]);
        expect(relative(terms[name][i], truth, scale), `${name} ${terms[name][i]}: ${at}`).toBeLessThan(1e-5);
      }
    });
  });

  it('stays finite in 10,000 random cases, and its gradients too', () => {
    const entry = fc.record({
      x: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 100_000 })),
      logMean: fc.double({ min: Math.log(1e-8), max: Math.log(1e5), noNaN: true }),
      logDispersion: fc.double({ min: Math.log(1e-4), max: Math.log(1e4), noNaN: true }),
      dropout: fc.double({ min: -40, max: 40, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1000, maxLength: 1000 }), (entries) => {
        const all = entries.map(({ x, logMean, logDispersion, dropout }) => ({
          x,
          logMean,
          ...(model.includes('nb') && { dispersion: Math.exp(logDispersion) }),
          ...(model.startsWith('zi') && { dropout }),
        }));
        for (const part of [all.filter(({ x }) => x === 0), all.filter(({ x }) => x > 0)]) {
          if (part.length === 0) continue;
          const terms = termsOf(part);
          for (const [name, values] of Object.entries(terms)) {
            const bad = values.findIndex((value) => !Number.isFinite(value) || (name === 'nll' && value < 0));
            expect(bad, `${name} of ${JSON.stringify(part[bad])}: ${values[bad]}`).toBe(-1);
          }
        }
      }),
      { numRuns: 10 },
    );
  });

  it('puts zeros and others of a batch together, for autodiff too, and leaves no tensor behind', () => {
    const { tf } = engine;
    const before = tf.memory().numTensors;
    const cases = golden.cases.filter((one) => one.model === model && one.x < 100);
    const counts = column(cases.map(({ x }) => x));
    const names = NAMES.filter((name) => cases[0][name] !== undefined);
    const batch = sparseCounts(
      engine,
      counts,
      cases.map((_, i) => i),
    );
    const parameters = parametersOf(cases, [cases.length, 1]);
    const given = names.map((name) => parameters[name]!);
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) =>
      tf.mul(
        countNll(
          engine,
          batch,
          Object.fromEntries(names.map((name, i) => [name, tensors[i]])) as unknown as CountParameters,
        ),
        2,
      ),
    )(given);
    const mean = cases.reduce((sum, one) => sum + one.nll, 0) / cases.length;
    expect(relative(value.dataSync()[0], 2 * mean)).toBeLessThan(1e-5);
    names.forEach((name, k) => {
      expect(grads[k].shape).toEqual([cases.length, 1]);
      const slopes = grads[k].dataSync();
      cases.forEach((one, i) => {
        const truth = (2 * one.gradient[name]!) / cases.length;
        const scale = (one.x + Math.exp(one.logMean) + one.dispersionScale) / cases.length;
        expect(relative(slopes[i], truth, scale)).toBeLessThan(1e-5);
      });
    });
    tf.dispose([value, ...grads, ...given, batch.blocks as never]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('goes on in the next block of a large batch where the last one ended', () => {
  const { tf } = engine;
  const nObs = 2 ** 20 + 3;
  const counts = column(Array.from({ length: nObs }, (_, i) => (i === 5 || i === nObs - 1 ? 2 : 0)));
  const batch = sparseCounts(
    engine,
    counts,
    Uint32Array.from({ length: nObs }, (_, i) => i),
  );
  expect(batch.blocks.length).toBe(2);
  const slopes = tf.tidy(() => {
    const logMean = tf.zeros([nObs, 1]);
    const { value, grads } = tf.valueAndGrads((at: Tensor) => countNll(engine, batch, { logMean: at }))([logMean]);
    // A zero at mean 1 costs 1, a two costs 1 + log 2.
    expect(value.dataSync()[0]).toBeCloseTo(1 + (2 * Math.log(2)) / nObs, 5);
    return grads[0].dataSync();
  });
  const scaled = [0, 5, 6, nObs - 2, nObs - 1].map((i) => Math.round(slopes[i] * nObs * 1e4) / 1e4);
  expect(scaled).toEqual([1, -1, 1, 1, -1]);
  tf.dispose(batch.blocks as never);
});
