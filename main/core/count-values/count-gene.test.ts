import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { geneTableRequestSchema } from '../../contract/entities/gene-table.ts';
import type { Project, RunInfo } from '../../projects/project.types.ts';
import { simulate } from '../../simulate/simulate.ts';
import { denoisedGene } from '../denoised-gene.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { viewRun } from '../run-view.ts';
import { countGene } from './count-gene.ts';
import { geneTable } from './gene-table.ts';

const GENE = 11;
let folder: string;
let core: LacunaCore;
let project: Project;
let zipo: RunInfo;
let pca: RunInfo;

beforeAll(async () => {
  core = new LacunaCore();
  folder = mkdtempSync(join(tmpdir(), 'lacuna-counts-'));
  project = core.createProject(join(folder, 'counts.lacuna'));
  await project.datasets.import(simulate({ cells: 200, genes: 60, types: 2, batches: 2, dropout: 0.3, seed: 5 }));
  const trained = core.startRun(project, {
    method: 'zipo',
    preset: 'paper',
    set: { hiddenLayers: '16-4', epochs: 8, batchSize: 32, covariates: 'batch', likelihood: 'zinb' },
  });
  const other = core.startRun(project, { method: 'pca', set: { nComponents: 3 } });
  for (const { job } of [trained, other]) await core.waitFor(job.id);
  zipo = trained.run;
  pca = other.run;
}, 120_000);

afterAll(async () => {
  await core.close();
  rmSync(folder, { recursive: true, force: true });
});

const values = (kind: Parameters<typeof countGene>[3], scale: 'log' | 'counts' = 'counts') =>
  countGene(project, zipo.id, GENE, kind, scale);

describe('what a count model says of a gene', () => {
  it('is named in the view of its run, and of no other', () => {
    expect(viewRun(project, zipo.id).countValues).toEqual([
      'rate',
      'dropout',
      'dropout-posterior',
      'dispersion',
      'corrected',
    ]);
    expect(viewRun(project, pca.id).countValues).toEqual([]);
    expect(() => countGene(project, pca.id, GENE, 'dropout', 'log')).toThrow(
      expect.objectContaining({ code: 'not-found', message: expect.stringContaining('no dropout probabilities') }),
    );
  });

  it('answers "lost or off?" for zeros by Bayes’ rule, and not where something was counted', async () => {
    const counts = project.datasets.gene(zipo.datasetId, GENE);
    const [lost, posterior, theta] = [values('dropout'), values('dropout-posterior'), values('dispersion')];
    const means = await denoisedGene(project, zipo.id, GENE, 'counts');
    let zeros = 0;
    for (const [row, value] of posterior.entries()) {
      expect(lost[row]).toBeGreaterThan(0);
      expect(lost[row]).toBeLessThan(1);
      if (counts[row] > 0) {
        expect(value).toBeNaN();
        continue;
      }
      zeros++;
      const none = (1 + means[row] / theta[row]) ** -theta[row];
      expect(value).toBeCloseTo(lost[row] / (lost[row] + (1 - lost[row]) * none), 4);
      expect(value).toBeGreaterThanOrEqual(lost[row] * 0.9999);
    }
    expect(zeros).toBeGreaterThan(10);
  });

  it('takes the library size out of the rate', async () => {
    const means = await denoisedGene(project, zipo.id, GENE, 'counts');
    const sizes = project.runs.extras(zipo.id).usedSize.values;
    const median = Float64Array.from(sizes).sort()[100];
    values('rate').forEach((rate, row) => expect(rate / ((means[row] * median) / sizes[row])).toBeCloseTo(1, 3));
    expect(values('rate', 'log')[3]).toBeCloseTo(Math.log1p(values('rate')[3]), 5);
  });

  it('gives corrected values that differ from the denoised ones', async () => {
    const means = await denoisedGene(project, zipo.id, GENE, 'counts');
    const corrected = values('corrected');
    expect(corrected.every((value) => value > 0 && Number.isFinite(value))).toBe(true);
    expect(corrected.some((value, row) => Math.abs(value / means[row] - 1) > 1e-3)).toBe(true);
  });
});

describe('the genes of a run', () => {
  const ask = (changes: object) => geneTable(project, zipo.id, geneTableRequestSchema.parse(changes));

  it('are sorted, searched and cut as asked for, and written as text', () => {
    const strongest = ask({ limit: 5 });
    expect(strongest).toMatchObject({ nGenes: 60, nFound: 60 });
    const weights = strongest.rows.map(({ weight }) => weight!);
    expect(weights).toEqual(weights.toSorted((a, b) => b - a));
    expect(strongest.curve![0][1]).toBe(weights[0]);
    const byName = ask({ sort: 'name', descending: false, csv: true });
    expect(byName.rows[0].name < byName.rows[1].name).toBe(true);
    expect(byName.csv!.trim().split('\n')).toHaveLength(61);
    const { name } = strongest.rows[2];
    expect(ask({ query: name.toLowerCase() }).rows.map((row) => row.name)).toContain(name);
  });

  it('are not there for a method that says nothing of them', () => {
    expect(() => geneTable(project, pca.id, geneTableRequestSchema.parse({}))).toThrow('says nothing of single genes');
  });
});
