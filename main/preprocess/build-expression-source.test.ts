import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import { buildExpressionSource } from './build-expression-source.ts';
import { csrFromDense } from './fixtures/csr-from-dense.ts';
import { madeCounts } from './fixtures/made-counts.ts';
import { recipeSchema } from './recipe.ts';
import type { z } from 'zod';

const golden = JSON.parse(readFileSync(new URL('preprocess.golden.json', import.meta.url), 'utf8'));

type RecipeInput = z.input<typeof recipeSchema>;

function build(counts: CsrMatrix, recipe: RecipeInput, names?: string[], extra: object = {}) {
  const varNames = names ?? Array.from({ length: counts.nVar }, (_, j) => `G${j}`);
  return buildExpressionSource({ counts, varNames, recipe: recipeSchema.parse(recipe), ...extra });
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-5) {
  expect(actual.length).toBe(expected.length);
  for (let k = 0; k < expected.length; k++) {
    const allowed = tolerance * Math.max(Math.abs(expected[k]), 1e-3);
    if (!(Math.abs(actual[k] - expected[k]) <= allowed))
      expect({ k, value: actual[k] }).toEqual({ k, value: expected[k] });
  }
}

describe('buildExpressionSource against scanpy', () => {
  const counts = madeCounts();

  it('starts from the same counts', () => {
    expect(counts.values.reduce((sum, value) => sum + value, 0)).toBe(golden.total);
  });

  it.each([
    ['log', { normalisation: {} }],
    ['scaled', { normalisation: { scale: 'zscore', clip: 2.5 } }],
    ['dca', { normalisation: { librarySize: 'median', scale: 'zscore', clip: null } }],
    ['minmax', { normalisation: { scale: 'minmax' } }],
  ] as [string, RecipeInput][])('%s', async (key, recipe) => {
    const source = await build(counts, recipe);
    const out = new Float32Array(3 * source.nVar);
    source.denseBatch(golden.rows, out);
    expectClose(out, golden[key].flat());
  });

  it('knows mean and standard deviation of every gene', async () => {
    const source = await build(counts, {});
    expectClose(source.geneMean, golden.logMean);
    expectClose(source.geneSd, golden.logSd);
  });

  it('chooses the same variable genes from counts', async () => {
    const source = await build(counts, { normalisation: { variableGenes: 60 } });
    expect([...source.varIndex]).toEqual(golden.seuratV3);
    expect(source.varNames[0]).toBe(`G${golden.seuratV3[0]}`);
  });

  it('chooses the same variable genes from values that are not integers', async () => {
    // Every cell's own factor does not matter: its library size takes it out again.
    const halves = { ...counts, values: counts.values.map((value) => value * 0.5) };
    const source = await build(halves, { normalisation: { variableGenes: 60 } });
    expect([...source.varIndex]).toEqual(golden.seurat);
  });

  it('takes values without logarithm in the recipe for logarithms already', async () => {
    const logged = await build(counts, {});
    const all = logged.sparseBatch(Array.from({ length: counts.nObs }, (_, i) => i));
    const source = await build(all, { normalisation: { librarySize: 'none', log1p: false, variableGenes: 60 } });
    expect([...source.varIndex]).toEqual(golden.seurat);
  });
});

describe('buildExpressionSource', () => {
  it('keeps the input arrays where nothing is left out', async () => {
    const counts = madeCounts(40, 60);
    const source = await build(counts, { normalisation: { scale: 'zscore' } });
    expect(source.counts).toBe(counts);
  });

  it('describes the clipped values by geneMean and geneSd', async () => {
    const counts = madeCounts(60, 50);
    const source = await build(counts, { normalisation: { scale: 'zscore', clip: 1 } });
    const all = new Float32Array(source.nObs * source.nVar);
    source.denseBatch(
      Array.from({ length: source.nObs }, (_, i) => i),
      all,
    );
    for (let j = 0; j < source.nVar; j++) {
      const column = Array.from({ length: source.nObs }, (_, i) => all[i * source.nVar + j]);
      const mean = column.reduce((a, b) => a + b) / column.length;
      const sd = Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length);
      expect(source.geneMean[j]).toBeCloseTo(mean, 5);
      expect(source.geneSd[j]).toBeCloseTo(sd, 5);
      expect(Math.max(...column.map(Math.abs))).toBeLessThanOrEqual(1);
    }
  });

  it('judges cells on all genes, then genes on the cells that stay, and counts libraries on the genes that stay', async () => {
    const counts = csrFromDense([
      [5, 1, 0, 4],
      [0, 0, 9, 1],
      [2, 2, 0, 0],
      [1, 0, 0, 0],
    ]);
    const spatial = { name: 'spatial', nDim: 2, values: Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7) };
    const source = await build(
      counts,
      { filter: { obs: { minCounts: 4, maxMitoPercent: 50 }, var: { minCells: 2 } } },
      ['A', 'B', 'MT-CO1', 'C'],
      { obsm: [spatial] },
    );
    expect([...source.obsIndex]).toEqual([0, 2]);
    expect([...source.varIndex]).toEqual([0, 1]);
    expect(source.varNames).toEqual(['A', 'B']);
    expect([...source.librarySize]).toEqual([6, 4]);
    expect([...source.counts.values]).toEqual([5, 1, 2, 2]);
    expect([...source.obsm.get('spatial')!.values]).toEqual([0, 1, 4, 5]);
    const out = new Float32Array(4);
    source.denseBatch([1, 0], out);
    expectClose(out, [5000, 5000, 5e4 / 6, 1e4 / 6].map(Math.log1p));
  });

  it('counts libraries on all genes that pass the filter, not only on the variable ones', async () => {
    const counts = madeCounts(80, 100);
    const whole = await build(counts, {});
    const variable = await build(counts, { normalisation: { variableGenes: 10 } });
    expect(variable.nVar).toBe(10);
    expect([...variable.librarySize]).toEqual([...whole.librarySize]);
    const rows = [7, 12];
    const all = new Float32Array(2 * whole.nVar);
    const some = new Float32Array(2 * variable.nVar);
    whole.denseBatch(rows, all);
    variable.denseBatch(rows, some);
    expect([...some]).toEqual([0, 1].flatMap((r) => Array.from(variable.varIndex, (j) => all[r * whole.nVar + j])));
  });

  const anyRecipe = fc.record({
    librarySize: fc.constantFrom('none', 'cp10k', 'median', 'suica'),
    log1p: fc.boolean(),
    scale: fc.constantFrom('none', 'zscore', 'minmax'),
    clip: fc.constant(null),
  }) as fc.Arbitrary<RecipeInput['normalisation']>;
  // Some values are larger than what is looked up in a table, and some are no integers.
  const anyMatrix = fc
    .record({ nVar: fc.integer({ min: 1, max: 45 }), halves: fc.boolean() })
    .chain(({ nVar, halves }) =>
      fc.array(
        fc.array(
          fc.oneof(
            fc.constant(0),
            fc.integer({ min: 1, max: 90 }).map((count) => (halves ? count / 2 : count)),
          ),
          { minLength: nVar, maxLength: nVar },
        ),
        { minLength: 2, maxLength: 6 },
      ),
    );

  it('undoes what it did, on every scale', async () => {
    await fc.assert(
      fc.asyncProperty(anyMatrix, anyRecipe, async (rows, normalisation) => {
        const source = await build(csrFromDense(rows), { normalisation });
        const order = rows.map((_, i) => rows.length - 1 - i);
        const values = new Float32Array(rows.length * source.nVar);
        const back = (to: 'log' | 'normalised' | 'counts') => {
          source.denseBatch(order, values);
          source.undo(values, order, to);
          return values.slice();
        };
        // float32 of a z-score keeps seven digits of the distance to the gene's mean, so zeros come back as tiny values.
        const near = (actual: Float32Array, expected: number[]) => {
          const largest = Math.max(...expected, 1e-3);
          actual.forEach((value, k) => expect(Math.abs(value - expected[k])).toBeLessThan(largest * 2e-4));
        };
        const counts = order.flatMap((i) => rows[i]);
        near(back('counts'), counts);
        const target = { none: 0, cp10k: 1e4, suica: 200, median: medianTotal(rows) }[normalisation!.librarySize!];
        const normalised = order.flatMap((i) => {
          const total = rows[i].reduce((a, b) => a + b, 0);
          return rows[i].map((value) => (target === 0 ? value : total === 0 ? 0 : (value * target) / total));
        });
        near(back('normalised'), normalised);
        near(back('log'), normalised.map(Math.log1p));
      }),
      { numRuns: 150 },
    );
  });

  it('writes sparse batches equal to dense ones', async () => {
    await fc.assert(
      fc.asyncProperty(anyMatrix, anyRecipe, async (rows, normalisation) => {
        const source = await build(csrFromDense(rows), { normalisation });
        const order = [rows.length - 1, 0, 0];
        const dense = new Float32Array(order.length * source.nVar);
        source.denseBatch(order, dense);
        if (!source.keepsZeros) {
          expect(() => source.sparseBatch(order)).toThrow(/sparse/);
          return;
        }
        const sparse = source.sparseBatch(order);
        const filled = new Float32Array(dense.length);
        for (let r = 0; r < order.length; r++)
          for (let k = sparse.indptr[r]; k < sparse.indptr[r + 1]; k++)
            filled[r * source.nVar + sparse.indices[k]] = sparse.values[k];
        expect(filled).toEqual(dense);
        expect(sparse.values.every((value) => value !== 0)).toBe(true);
        expect(sparse.indices.length).toBe(sparse.indptr[order.length]);
      }),
      { numRuns: 100 },
    );
  });

  it('undoes single genes', async () => {
    const counts = madeCounts(30, 40);
    const source = await build(counts, { normalisation: { scale: 'zscore', clip: null } });
    const all = new Float32Array(2 * 40);
    source.denseBatch([4, 9], all);
    const some = Float32Array.of(all[7], all[30], all[47], all[70]);
    source.undo(all, [4, 9], 'counts');
    source.undo(some, [4, 9], 'counts', [7, 30]);
    expect([...some]).toEqual([all[7], all[30], all[47], all[70]]);
  });

  it('sets predictions below zero to 0, and leaves the scale of the model alone', async () => {
    const source = await build(madeCounts(30, 4), {});
    const predicted = Float32Array.of(-1, 2, 0, -0.1);
    source.undo(predicted, [4], 'model');
    expect([...predicted]).toEqual([...Float32Array.of(-1, 2, 0, -0.1)]);
    source.undo(predicted, [4], 'log');
    expect([...predicted]).toEqual([0, 2, 0, 0]);
  });

  it('hears a cancel', async () => {
    const abort = new AbortController();
    abort.abort();
    const input = { counts: madeCounts(30, 40), varNames: [], recipe: recipeSchema.parse({}) };
    await expect(buildExpressionSource(input, { signal: abort.signal })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('buildExpressionSource refuses, in plain words,', () => {
  const signed = csrFromDense([
    [1, -2],
    [0, 3],
  ]);
  it.each([
    ['a logarithm of negative values', signed, { normalisation: { librarySize: 'none' } }, /logarithm.*below 0/],
    ['library sizes of negative values', signed, {}, /library size.*below 0/],
    [
      'variable genes of negative values',
      signed,
      { normalisation: { librarySize: 'none', log1p: false, variableGenes: 1 } },
      /Variable genes.*below 0/,
    ],
    [
      'filters that keep no cell',
      csrFromDense([
        [1, 2],
        [9, 0],
      ]),
      { filter: { obs: { minCounts: 5, minGenes: 2 } } },
      /keeps none of the 2 cells: "at least 5 counts" alone keeps 1, "at least 2 genes" alone keeps 1/,
    ],
    ['filters that keep no gene', madeCounts(20, 30), { filter: { var: { minCells: 21 } } }, /none of the 30 genes/],
    [
      'a mitochondrial limit without such genes',
      madeCounts(20, 30),
      { filter: { obs: { maxMitoPercent: 5 } } },
      /mitochondrial share/,
    ],
    ['NaN', csrFromDense([[1, NaN]]), {}, /cell 1, gene 2 is NaN/],
    ['infinity', csrFromDense([[1, Infinity]]), {}, /cell 1, gene 2 is Infinity/],
  ] as [string, CsrMatrix, RecipeInput, RegExp][])('%s', async (_, counts, recipe, message) => {
    const failure = await build(counts, recipe).catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'LacunaError', message: expect.stringMatching(message) });
    expect((failure as { remedy: string }).remedy).not.toBe('');
  });

  it('but takes negative values as they are', async () => {
    const source = await build(signed, { normalisation: { librarySize: 'none', log1p: false, scale: 'minmax' } });
    const out = new Float32Array(4);
    source.denseBatch([0, 1], out);
    expectClose(out, [1, 0, 0, 1]);
    expect(source.keepsZeros).toBe(false);
  });
});

function medianTotal(rows: number[][]): number {
  const totals = rows
    .map((row) => row.reduce((a, b) => a + b, 0))
    .filter((total) => total > 0)
    .sort((a, b) => a - b);
  if (totals.length === 0) return 1;
  const half = totals.length >> 1;
  return totals.length % 2 === 1 ? totals[half] : (totals[half - 1] + totals[half]) / 2;
}
