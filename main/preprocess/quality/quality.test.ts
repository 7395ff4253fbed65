import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { CsrChunk, CsrMatrix } from '../../dataset/csr-matrix.ts';
import { countKeptObs, countKeptVar } from '../filter/count-kept.ts';
import { previewFilter } from '../filter/preview-filter.ts';
import { csrFromDense } from '../fixtures/csr-from-dense.ts';
import { madeCounts } from '../fixtures/made-counts.ts';
import { filterSchema } from '../recipe.ts';
import { histogram } from './histogram.ts';
import type { StreamedMatrix } from './measure-quality.ts';
import { findMitochondrial } from './mitochondrial.ts';
import { qualityPerObs } from './obs-quality.ts';
import { outlierBounds } from './outlier-bounds.ts';
import { qualityReport } from './quality-report.ts';
import { suggestThresholds } from './suggest-thresholds.ts';
import { meanPerVar, qualityPerVar } from './var-quality.ts';

const golden = JSON.parse(readFileSync(new URL('../preprocess.golden.json', import.meta.url), 'utf8'));

/** A matrix in pieces of `size` observations. */
function streamed(matrix: CsrMatrix, size: number): StreamedMatrix {
  return {
    nObs: matrix.nObs,
    nVar: matrix.nVar,
    async *chunks(): AsyncGenerator<CsrChunk> {
      for (let start = 0; start < matrix.nObs; start += size) {
        const end = Math.min(start + size, matrix.nObs);
        const from = matrix.indptr[start];
        const to = matrix.indptr[end];
        yield {
          start,
          nObs: end - start,
          nVar: matrix.nVar,
          indptr: matrix.indptr.slice(start, end + 1).map((offset) => offset - from),
          indices: matrix.indices.slice(from, to),
          values: matrix.values.slice(from, to),
        };
      }
    },
  };
}

describe('findMitochondrial', () => {
  const mask = (names: string[], columns = [] as never[]) => [...findMitochondrial({ names, columns }).mask];
  it('knows the spellings of human, mouse, fly, and of several genomes in one file', () => {
    expect(mask(['MT-ND1', 'mt-Nd1', 'mt:ND1', 'GRCh38_MT-CO1', 'mm10___mt-Co1', 'hg19_MT-CYB'])).toEqual([
      1, 1, 1, 1, 1, 1,
    ]);
    expect(mask(['MTOR', 'MT1A', 'SMT-1', 'Mtch1', 'MT-ND1'])).toEqual([0, 0, 0, 0, 1]);
  });
  it('looks into columns of symbols', () => {
    const column = { kind: 'string' as const, name: 'gene_name', values: ['ACTB', 'MT-ND1'] };
    expect([...findMitochondrial({ names: ['ENSG01', 'ENSG02'], columns: [column] }).mask]).toEqual([0, 1]);
  });
  it('says when names cannot tell', () => {
    expect(findMitochondrial({ names: ['ENSMUSG00000064341', 'ENSMUSG00000064345'], columns: [] }).note).toMatch(
      /identifiers/,
    );
    expect(findMitochondrial({ names: ['ACTB'], columns: [] }).note).toMatch(/unknown/);
  });
});

describe('quality per cell and gene', () => {
  const matrix = csrFromDense([
    [4, 0, 6],
    [0, 0, 0],
    [1, 1, 0],
  ]);
  it('measures', () => {
    const obs = qualityPerObs(matrix, Uint8Array.of(0, 0, 1));
    expect([...obs.counts]).toEqual([10, 0, 2]);
    expect([...obs.genes]).toEqual([2, 0, 2]);
    expect([...obs.mitoPercent]).toEqual([60, 0, 0]);
    const genes = qualityPerVar(matrix, Uint8Array.of(1, 1, 0));
    expect([...genes.cells]).toEqual([1, 0, 1]);
    expect([...genes.max]).toEqual([4, 0, 6]);
    expect([...meanPerVar(genes)]).toEqual([2, 0, 3]);
  });
});

describe('suggested thresholds', () => {
  const counts = madeCounts();
  const quality = qualityPerObs(counts, new Uint8Array(counts.nVar));
  it('agree with the rule computed by NumPy', () => {
    const check = (values: ArrayLike<number>, log: boolean, below: number, above: number, expected: number[]) => {
      const { low, high } = outlierBounds(values, { log, below, above });
      expect(low! / expected[0]).toBeCloseTo(1, 8);
      expect(high! / expected[1]).toBeCloseTo(1, 8);
    };
    check(quality.counts, true, 3, 5, golden.countBounds);
    check(quality.genes, true, 3, 5, golden.geneBounds);
    check(quality.counts, false, 2, 3, golden.linearBounds);
  });
  it('cut outliers on both sides and nothing else', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => 900 + 2 * i);
    values[0] = 3;
    values[1] = 90_000;
    const genes = new Uint32Array(101).fill(500);
    const mitoPercent = Float64Array.from({ length: 101 }, (_, i) => (i === 7 ? 60 : 3 + (i % 5)));
    const { obs } = suggestThresholds({ counts: values, genes, mitoPercent }, true);
    expect(obs.minCounts).toBeGreaterThan(3);
    expect(obs.maxCounts).toBeLessThan(90_000);
    expect([obs.minGenes, obs.maxGenes]).toEqual([null, null]);
    expect(obs.maxMitoPercent).toBeGreaterThanOrEqual(7);
    expect(countKeptObs(obs, { counts: values, genes, mitoPercent }).kept).toBe(98);
    expect(suggestThresholds({ counts: values, genes, mitoPercent }, false).obs.maxMitoPercent).toBeNull();
  });
  it('say nothing where most values are the same', () => {
    expect(outlierBounds([1, 1, 1, 1, 9], { log: true, below: 3, above: 3 })).toEqual({ low: null, high: null });
    expect(outlierBounds([], { log: false, below: 3, above: 3 })).toEqual({ low: null, high: null });
  });
});

describe('what a filter keeps', () => {
  const matrix = csrFromDense([
    [5, 1, 0],
    [9, 0, 0],
    [1, 1, 1],
  ]);
  it('is told rule by rule and together', () => {
    const filter = filterSchema.parse({ obs: { minCounts: 5, minGenes: 2 }, var: { minCells: 1 } });
    const kept = countKeptObs(filter.obs, qualityPerObs(matrix, new Uint8Array(3)));
    expect(kept.each).toEqual([
      { key: 'minCounts', text: 'at least 5 counts', kept: 2 },
      { key: 'minGenes', text: 'at least 2 genes', kept: 2 },
    ]);
    expect(kept.sentence).toBe('keeps 1 of 3 cells');
    expect(countKeptVar(filter.var, qualityPerVar(matrix, kept.flags)).sentence).toBe('keeps 2 of 3 genes');
    expect(countKeptVar(filter.var, qualityPerVar(matrix)).sentence).toBe('keeps all 3 genes');
  });
  it.each([1, 2, 500])('is the same for a stream in chunks of %i', async (size) => {
    const counts = madeCounts(60, 40);
    const names = Array.from({ length: 40 }, (_, j) => (j < 4 ? `MT-${j}` : `G${j}`));
    const filter = filterSchema.parse({
      obs: { minGenes: 10, maxMitoPercent: 9 },
      var: { minCells: 20, maxCount: 12 },
    });
    const { mask } = findMitochondrial({ names, columns: [] });
    const obs = countKeptObs(filter.obs, qualityPerObs(counts, mask));
    const genes = countKeptVar(filter.var, qualityPerVar(counts, obs.flags));
    const preview = await previewFilter(streamed(counts, size), { names, columns: [] }, filter);
    expect(preview).toEqual({ obs, var: genes });
    expect(obs.kept).toBeGreaterThan(0);
    expect(obs.kept).toBeLessThan(60);
    expect(genes.kept).toBeLessThan(40);
  });
});

describe('qualityReport', () => {
  it('puts measures, suggestion and notes together', async () => {
    const counts = madeCounts();
    const report = await qualityReport(streamed(counts, 64), {
      names: Array.from({ length: 240 }, (_, j) => `G${j}`),
      columns: [],
    });
    expect(report.obs.map(({ key }) => key)).toEqual(['counts', 'genes']);
    expect(report.notes).toHaveLength(1);
    const found = qualityPerVar(counts).cells.filter((cells) => cells >= 3).length;
    expect(report.suggestion).toMatchObject({ keptObs: 149, keptVar: found });
    for (const measure of [...report.obs, ...report.var]) {
      const n = measure.histogram.counts.reduce((a, b) => a + b, 0);
      expect(n).toBe(report.var.includes(measure) ? 240 : 150);
      expect(measure.min).toBeLessThanOrEqual(measure.median);
      expect(measure.histogram.edges).toHaveLength(measure.histogram.counts.length + 1);
    }
  });
  it('hears a cancel', async () => {
    const abort = new AbortController();
    abort.abort();
    const report = qualityReport(streamed(madeCounts(9, 9), 2), { names: [], columns: [] }, { signal: abort.signal });
    await expect(report).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('histogram', () => {
  it('counts every value once, extremes and zeros included', () => {
    expect(histogram([1, 2, 3, 4], 3, false).counts).toEqual([1, 1, 2]);
    expect(histogram([0, 0, 1, 10, 100], 2, true)).toEqual({
      edges: [0, 1, expect.closeTo(10, 9), 100],
      counts: [2, 1, 2],
    });
    expect(histogram([7, 7], 10, false)).toEqual({ edges: [7, 7], counts: [2] });
  });
});
