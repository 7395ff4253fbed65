import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  MARKER_COLUMNS,
  MARKER_EFFECTS,
  markerColumn,
  type MarkerEffect,
  type MarkerSummary,
} from '../../contract/markers/marker-columns.ts';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { openPath } from '../../formats/registry.ts';
import { buildExpressionSource } from '../../preprocess/build-expression-source.ts';
import { madeCounts } from '../../preprocess/fixtures/made-counts.ts';
import { recipeSchema } from '../../preprocess/recipe.ts';
import { createProject } from '../../projects/create-project.ts';
import { temporaryFolder } from '../../projects/testing/temporary-folder.ts';
import { geneBlocks } from './gene-blocks.ts';
import { scoreMarkers, type GroupMarkers } from './score-markers.ts';

type Figures = Record<`${MarkerEffect}_${'mean' | 'min'}`, number>;
interface Golden {
  made: { genes: number[]; each: Figures[][]; rest: Figures[]; cohensD_rank: number[] };
  pbmc3k: {
    column: string;
    n: number;
    genes: string[];
    each: Record<'B' | 'NK', Figures[]>;
    rest: Record<'B' | 'NK', Figures[]>;
    scanpyTop: Record<string, string[]>;
  };
}
const golden = JSON.parse(readFileSync(new URL('./markers.golden.json', import.meta.url), 'utf8')) as Golden;
const data = process.env.LACUNA_DATA ?? resolve(import.meta.dirname, '../../../../shared/data');
const pbmc = join(data, 'pbmc3k', 'pbmc3k_raw_labelled.h5ad');

const logCounts = (counts: CsrMatrix) =>
  buildExpressionSource({
    counts,
    varNames: Array.from({ length: counts.nVar }, (_, j) => `g${j}`),
    recipe: recipeSchema.parse({}),
  });
const thirds = (nObs: number) => Int32Array.from({ length: nObs }, (_, i) => i % 3);

function figure({ values }: GroupMarkers, gene: number, effect: MarkerEffect, summary: MarkerSummary): number {
  return values[gene * MARKER_COLUMNS.length + markerColumn(effect, summary)];
}

function expectFigures(found: GroupMarkers, genes: readonly number[], wanted: readonly Figures[]): void {
  genes.forEach((gene, i) => {
    for (const effect of MARKER_EFFECTS)
      for (const summary of ['mean', 'min'] as const)
        expect(figure(found, gene, effect, summary), `${effect} ${summary} of gene ${gene}`).toBeCloseTo(
          wanted[i][`${effect}_${summary}`],
          4,
        );
  });
}

describe('scoreMarkers', () => {
  it('agrees with NumPy and scikit-learn, over each other group and over the rest', async () => {
    const expression = await logCounts(madeCounts());
    const { made } = golden;
    const each = await scoreMarkers(expression, thirds(expression.nObs), null);
    expect(each.map(({ group, n, nComparisons }) => [group, n, nComparisons])).toEqual([
      [0, 50, 2],
      [1, 50, 2],
      [2, 50, 2],
    ]);
    each.forEach((markers, group) => expectFigures(markers, made.genes, made.each[group]));
    const codes = thirds(expression.nObs).map((code) => (code === 1 ? 0 : 1));
    expectFigures((await scoreMarkers(expression, codes, [0]))[0], made.genes, made.rest);
  });

  it('gives the best place of each gene in any comparison', async () => {
    const expression = await logCounts(madeCounts());
    const [markers] = await scoreMarkers(expression, thirds(expression.nObs), [0]);
    const ranks = golden.made.cohensD_rank.map((_, gene) => figure(markers, gene, 'cohensD', 'rank'));
    expect(ranks).toEqual(golden.made.cohensD_rank);
  });

  it('scores one group as it does among all', async () => {
    const expression = await logCounts(madeCounts());
    const all = await scoreMarkers(expression, thirds(expression.nObs), null);
    const [alone] = await scoreMarkers(expression, thirds(expression.nObs), [1]);
    alone.values.forEach((value, at) => expect(Math.abs(value - all[1].values[at])).toBeLessThan(1e-5));
  });

  it('leaves out who has no group', async () => {
    const counts = madeCounts();
    const expression = await logCounts(counts);
    const codes = thirds(counts.nObs).map((code) => (code === 2 ? -1 : code));
    const [markers] = await scoreMarkers(expression, codes, [0]);
    expect([markers.n, markers.nComparisons]).toEqual([50, 1]);
  });

  it('refuses a single group, and stops when it is told to', async () => {
    const expression = await logCounts(madeCounts());
    await expect(scoreMarkers(expression, new Int32Array(expression.nObs), null)).rejects.toThrow('no two groups');
    const signal = AbortSignal.abort();
    await expect(scoreMarkers(expression, thirds(expression.nObs), null, { signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
  });
});

describe('geneBlocks', () => {
  it('cuts the genes into blocks that together are the rows, turned round', async () => {
    const expression = await logCounts(madeCounts());
    const rows = Uint32Array.from([4, 9, 17, 60, 149]);
    const whole = expression.sparseBatch(rows);
    const dense = new Map<string, number>();
    for (let i = 0; i < rows.length; i++)
      for (let k = whole.indptr[i]; k < whole.indptr[i + 1]; k++)
        dense.set(`${i} ${whole.indices[k]}`, whole.values[k]);
    let next = 0;
    for (const block of geneBlocks(expression, rows, 40)) {
      expect(block.start).toBe(next);
      expect(block.indptr[block.nVar] <= 40 || block.nVar === 1).toBe(true);
      for (let j = 0; j < block.nVar; j++)
        for (let k = block.indptr[j]; k < block.indptr[j + 1]; k++) {
          const at = `${block.indices[k]} ${block.start + j}`;
          expect(block.values[k]).toBe(dense.get(at));
          dense.delete(at);
        }
      next += block.nVar;
    }
    expect(next).toBe(expression.nVar);
    expect(dense.size).toBe(0);
  });
});

describe.skipIf(!existsSync(pbmc))('PBMC 3k', () => {
  it('has the markers that are known, with the figures of NumPy and scikit-learn', { timeout: 120_000 }, async () => {
    const project = createProject(join(temporaryFolder(), 'pbmc.lacuna'));
    const source = await openPath(pbmc, {}, {});
    const { id } = await project.datasets.import(source);
    source.close();
    const { names, columns } = project.datasets.obs(id);
    const labels = columns.find(({ name }) => name === golden.pbmc3k.column);
    if (labels?.kind !== 'categorical') throw new Error('The labels are no groups.');
    const counts = await project.datasets.load(id);
    const varNames = project.datasets.var(id).names;
    const expression = await buildExpressionSource({ counts, varNames, recipe: recipeSchema.parse({}) });
    expect([...labels.codes].filter((code) => code >= 0)).toHaveLength(golden.pbmc3k.n);
    expect(names.length).toBe(expression.nObs);

    const code = (name: string): number => labels.categories.indexOf(name);
    const genes = golden.pbmc3k.genes.map((gene) => varNames.indexOf(gene));
    const found = await scoreMarkers(expression, labels.codes, [code('B'), code('NK')]);
    for (const group of ['B', 'NK'] as const) {
      const markers = found.find((one) => one.group === code(group))!;
      expectFigures(markers, genes, golden.pbmc3k.each[group]);
    }
    for (const [group, top] of Object.entries(golden.pbmc3k.scanpyTop)) {
      const codes = labels.codes.map((one) => (one < 0 ? -1 : one === code(group) ? 0 : 1));
      const [markers] = await scoreMarkers(expression, codes, [0]);
      if (group === 'B' || group === 'NK') expectFigures(markers, genes, golden.pbmc3k.rest[group]);
      const auc = varNames.map((_, gene) => figure(markers, gene, 'auc', 'mean'));
      const best = varNames.map((_, gene) => gene).sort((a, b) => auc[b] - auc[a]);
      // The z of Wilcoxon's test corrects for ties, the AUC does not: places near each other change.
      const ours = best.slice(0, 20).map((gene) => varNames[gene]);
      expect(top.filter((gene) => ours.includes(gene)).length, group).toBeGreaterThanOrEqual(8);
    }
    project.close();
  });
});
