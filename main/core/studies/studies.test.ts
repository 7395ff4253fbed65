import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { studySpecSchema } from '../../contract/entities/study.ts';
import type { Project } from '../../projects/project.types.ts';
import { gradientHealth } from '../../contract/words/gradient-health.ts';
import { CITESEQ_INPUT } from '../../methods/vae/citeseq-presets.ts';
import { temporaryFolder } from '../../projects/testing/temporary-folder.ts';
import { simulate } from '../../simulate/simulate.ts';
import { LacunaCore } from '../lacuna-core.ts';
import { listReadyStudies } from './list-ready-studies.ts';
import { estimateStudy, planStudy } from './plan-study.ts';
import { readyStudies } from './ready-studies.ts';
import { viewStudy } from './view-study.ts';

const open: LacunaCore[] = [];
afterEach(async () => {
  for (const core of open.splice(0)) await core.close();
});

async function cells(): Promise<{ core: LacunaCore; project: Project; dataset: number }> {
  const core = new LacunaCore();
  open.push(core);
  const project = core.createProject(join(temporaryFolder(), 'cells.lacuna'));
  const { id } = await project.datasets.import(simulate({ cells: 240, genes: 80, types: 3, batches: 2, seed: 4 }));
  return { core, project, dataset: id };
}

describe('ready-made studies', () => {
  it('say what they need and whether a dataset will do', async () => {
    const { project, dataset } = await cells();
    expect(listReadyStudies(project, dataset).map(({ id, supported }) => [id, supported])).toEqual([
      ['pbmc3k-report', true],
      ['citeseq-vae', true],
    ]);
    const source = simulate({ cells: 50, genes: 30, types: 2, seed: 3 });
    const matrices = source.matrices.map((matrix) => ({ ...matrix, valueKind: 'nonnegative' as const }));
    const scaled = await project.datasets.import({ ...source, name: 'scaled', matrices });
    expect(listReadyStudies(project, scaled.id)[1]).toMatchObject({
      supported: false,
      reason: expect.stringContaining('counts'),
    });
    const spec = studySpecSchema.parse({ study: 'citeseq-vae', dataset: scaled.id });
    expect(() => planStudy(project, spec)).toThrow('cannot be run on scaled');
    expect(listReadyStudies(project).every(({ needs, choices }) => needs.length > 0 && choices.length > 0)).toBe(true);
  });

  it('plan every chosen combination for every seed, and refuse what there is not', async () => {
    const { project, dataset } = await cells();
    const report = studySpecSchema.parse({
      study: 'pbmc3k-report',
      dataset,
      seeds: [1, 2],
      choices: { preset: ['paper'] },
    });
    const { runs, labels } = planStudy(project, report);
    // Three networks and the floor, twice.
    expect(runs.map(({ method, seed }) => [method, seed])).toEqual(
      [1, 2].flatMap((seed) => ['ae', 'vae', 'vsc', 'pca'].map((method) => [method, seed])),
    );
    expect(labels).toBe('cell_type');
    const whole = studySpecSchema.parse({ study: 'citeseq-vae', dataset, choices: { beta: ['1', '4'] } });
    expect(estimateStudy(project, whole)).toMatchObject({ nRuns: 5 * 3 * 2, labels: 'cell_type' });
    const m5 = planStudy(project, whole).runs.find(({ preset }) => preset === 'M5')!;
    expect(m5.set).toEqual({ beta: 1 });
    expect(() => planStudy(project, { ...whole, choices: { model: ['M6'] } })).toThrow("'M6' is not one of model");
    expect(() => planStudy(project, { ...whole, choices: { size: ['1'] } })).toThrow("no choice 'size'");
    expect(() => planStudy(project, { ...whole, study: 'soup' })).toThrow("no study 'soup'");
    expect(readyStudies.every(({ scoring }) => scoring.spaces.includes('latent'))).toBe(true);
  });

  it('train, picture and score, and go on where they were stopped', { timeout: 180_000 }, async () => {
    const { core, project, dataset } = await cells();
    const { study, jobs } = core.readyStudies.start(project, {
      study: 'pbmc3k-report',
      dataset,
      epochs: 2,
      choices: { method: ['ae', 'vsc'], preset: ['paper'] },
    });
    expect(study.spec).toMatchObject({ labels: 'cell_type' });
    // The floor's training and scoring are taken away again.
    core.jobs.cancel(jobs[4].id);
    core.jobs.cancel(jobs[5].id);
    for (const job of jobs) await core.jobs.whenOver(job.id);
    const half = viewStudy(project, study.id);
    expect(half.runs.map(({ state }) => state)).toEqual(['done', 'done', 'cancelled']);
    expect(half.tables.find(({ id }) => id === 'tsne-2d')!.rows.map(({ head }) => head.join(' '))).toEqual([
      'Autoencoder as printed',
      'β-VSC as printed',
      'Autoencoder published',
      'β-VAE published',
      'β-VSC published',
    ]);

    for (const job of core.readyStudies.resume(project, study.id)) await core.waitFor(job.id);
    expect(core.readyStudies.resume(project, study.id)).toEqual([]);
    const { tables, texts, pictures, remarks } = viewStudy(project, study.id);
    expect(tables.map(({ id }) => id)).toEqual(['tsne-2d', 'latent', 'tsne-3d', 'times']);
    const [table] = tables;
    const floor = table.rows.find(({ head }) => head[0] === 'PCA')!;
    expect(floor.reference).toBe(true);
    // NMI by the geometric mean lies between homogeneity and completeness.
    const at = (id: string): number => floor.cells[table.columns.findIndex((column) => column.id === id)]!.mean;
    expect(at('nmi_geometric')).toBeCloseTo(Math.sqrt(at('homogeneity') * at('completeness')), 10);
    expect(at('nmi')).toBeLessThanOrEqual(at('nmi_geometric') + 1e-12);
    expect(
      table.rows.filter(({ cells: row }) => row.some((cell) => cell?.best)).every(({ reference }) => !reference),
    ).toBe(true);
    expect(texts[0].latex).toContain('\\toprule');
    expect(texts[0].csv.split('\n')[0]).toContain('ari,ari_sd,ari_n');
    expect(pictures.filter(({ kind, nDim }) => kind === 'tsne' && nDim === 3)).toHaveLength(3);
    expect(pictures.every(({ embedding, clustering }) => embedding !== null && clustering !== null)).toBe(true);
    const picture = project.embeddings.list(pictures[0].run).find(({ id }) => id === pictures[0].embedding)!;
    expect(picture.parameters).toMatchObject({ perplexity: 40 });
    expect(remarks).toEqual([]);
  });

  it('show in plain words what raw counts do to gradients', { timeout: 180_000 }, async () => {
    const { core, project, dataset } = await cells();
    const { study, jobs } = core.readyStudies.start(project, {
      study: 'citeseq-vae',
      dataset,
      epochs: 40,
      choices: { model: ['M1'], input: ['log', 'raw'] },
    });
    const raw = project.runs.get(study.runIds[1]);
    expect(raw.recipe.normalisation).toMatchObject({ librarySize: 'none', log1p: false });
    for (const job of jobs) await core.waitFor(job.id);
    const { tables, remarks } = viewStudy(project, study.id);
    expect(tables.map(({ id }) => id)).toEqual(['elbo-log', 'elbo-raw', 'gradients', 'types', 'times']);
    const { columns, rows } = tables[0];
    const of = (id: string): number => rows[0].cells[columns.findIndex((column) => column.id === id)]!.mean;
    for (const part of ['train', 'test'])
      expect(of(`elbo_${part}`)).toBeCloseTo(of(`reconstruction_${part}`) + of(`kl_${part}`), 3);
    expect(remarks).toEqual([
      { run: raw.id, kind: 'unstable', text: expect.stringMatching(/gradients were unstable.*Raw counts went in/) },
    ]);
  });

  it('end as an explained state where raw counts break a training', { timeout: 180_000 }, async () => {
    const { core, project, dataset } = await cells();
    const { run, job } = core.startRun(project, {
      datasetId: dataset,
      method: 'vae',
      preset: 'M1',
      set: { logSdLimit: 0, batchSize: 32, epochs: 5 },
      normalisation: { ...CITESEQ_INPUT, librarySize: 'none', log1p: false },
    });
    const over = await core.jobs.whenOver(job.id);
    expect(over.error!.code).toBe('diverged');
    const { state, error, recipe } = project.runs.get(run.id);
    expect(state).toBe('failed');
    expect(error!.remedy).toContain('log(1 + x)');
    const health = gradientHealth(project.runs.history(run.id), {
      normalisation: recipe.normalisation,
      isBroken: true,
    });
    expect(health).toMatchObject({ kind: 'broken', text: expect.stringContaining('Raw counts went in') });
  });
});
