import { describe, expect, it } from 'vitest';
import type { Job } from '../../app/jobs.svelte.ts';
import type { RunInfo } from '../../app/project.svelte.ts';
import type { MethodDescription } from '../learn/learn-form.svelte.ts';
import type { ScoreFigure, ScoreTable } from '../score/score-types.ts';
import { correlation } from './correlation.ts';
import { mapRows, shortName } from './map-rows.ts';
import { protocolProblem, protocolsOf } from './protocol-choices.ts';
import { jobsOfRuns, overallFraction, progressOf, secondsLeft, stageCounts } from './run-progress.ts';
import { regionalShare } from './regional-share.ts';
import { runParts } from './run-parts.ts';
import { parseSeeds } from './seeds.ts';
import { exampleBenchmark, usualRecipe, usualTitle } from './suggestions.ts';
import { figuresBehind, metricsOf, tableOf, tasksOf } from './table-tasks.ts';

describe('what is asked for', () => {
  it('reads lists and ranges of seeds', () => {
    expect(parseSeeds('3, 1 2')).toEqual([1, 2, 3]);
    expect(parseSeeds('5-7;6')).toEqual([5, 6, 7]);
    for (const wrong of ['', 'one', '1.5', '-2', '7-5', '0-500']) expect(parseSeeds(wrong), wrong).toBeNull();
  });

  it('makes protocols out of percents', () => {
    const choices = { spatial: [20, 90], muted: 70, noise: 1, thinned: null, heldOut: 10 };
    expect(protocolProblem(choices)).toBeNull();
    expect(protocolsOf(choices)).toEqual([
      { kind: 'spatial-imputation', trainShare: 0.9, testShare: 0.1 },
      { kind: 'spatial-imputation', trainShare: 0.2, testShare: 0.2 },
      { kind: 'gene-imputation', mutedShare: 0.7 },
      { kind: 'gaussian-noise', sd: 1 },
      { kind: 'likelihood', heldOutShare: 0.1 },
    ]);
    expect(protocolProblem({ ...choices, heldOut: 60 })).toContain('held out');
    expect(protocolProblem({ ...choices, muted: NaN })).toContain('muted');
    expect(protocolProblem({ ...choices, spatial: [99] })).toContain('spots');
    expect(protocolProblem({ ...choices, noise: 0 })).toContain('noise');
  });

  it('suggests a recipe, a name and a first benchmark that suit the data', () => {
    const tissue = {
      id: 3,
      name: 'Slice',
      valueKind: 'counts' as const,
      obsm: [{ name: 'spatial', nDim: 2, unit: '' }],
    };
    const cells = { ...tissue, name: 'Cells', obsm: [] };
    const methods = [
      { id: 'suica', question: 'space' },
      { id: 'ae', question: 'structure' },
    ] as MethodDescription[];
    expect(usualRecipe([tissue])).toBe('suica');
    expect(usualRecipe([tissue, cells])).toBe('log');
    expect(usualRecipe([{ ...tissue, valueKind: 'real' }])).toBe('raw');
    expect(exampleBenchmark(tissue, methods)).toMatchObject({
      datasets: [{ dataset: 3 }],
      methods: [{ method: 'suica' }],
      protocols: [{ kind: 'spatial-imputation', trainShare: 0.8 }],
      seeds: [1],
    });
    expect(exampleBenchmark(cells, methods)).toMatchObject({
      methods: [{ method: 'ae' }],
      protocols: [{ kind: 'gene-imputation' }],
    });
    expect(usualTitle(['spatial-imputation', 'thinning', 'gaussian-noise'], ['Slice'])).toBe(
      'Spatial imputation, denoising of Slice',
    );
    expect(usualTitle([], [])).toBe('Benchmark');
  });
});

describe('how far it is', () => {
  const run = (id: number, state: string, more = {}): RunInfo =>
    ({ id, state, method: 'ffn', preset: 'lacuna', datasetId: 1, wallSeconds: 0, error: null, ...more }) as RunInfo;
  const job = (runId: number, kind: string, state: string, more = {}): Job =>
    ({ id: `${kind} ${runId}`, project: 'p', runId, kind, state, progress: null, error: null, ...more }) as Job;
  const runs = [
    run(1, 'done', { wallSeconds: 30 }),
    run(2, 'done', { wallSeconds: 50 }),
    run(3, 'running'),
    run(4, 'queued'),
    run(5, 'failed', { error: { code: 'diverged', what: 'The loss is not a number.', remedy: 'Learn more slowly.' } }),
    run(6, 'cancelled'),
  ];
  const table = { columns: [], rows: [{ runIds: [1] }] } as unknown as ScoreTable;
  const jobs = [
    job(2, 'evaluate', 'running', { progress: { stage: 'Clustering', fraction: 0.5 } }),
    job(3, 'train', 'running', { progress: { stage: 'Epoch 3 of 6', fraction: 0.5, etaSeconds: 12 } }),
    job(3, 'evaluate', 'queued'),
    { ...job(4, 'train', 'running'), project: 'another' },
  ];
  const list = progressOf({ runs, table }, runs, jobsOfRuns(jobs, 'p'));

  it('tells the stage of every run, and why one failed', () => {
    expect(list.map(({ stage }) => stage)).toEqual(['done', 'scoring', 'training', 'waiting', 'failed', 'stopped']);
    expect(list[2]).toMatchObject({ words: 'Epoch 3 of 6', fraction: 0.5, etaSeconds: 12 });
    expect(list[4].words).toBe('The loss is not a number. Learn more slowly.');
    expect(stageCounts(list)).toEqual({ waiting: 1, training: 1, scoring: 1, done: 1, stopped: 1, failed: 1 });
    expect(overallFraction(list)).toBeCloseTo((1 + 0.9 + 0.45 + 0 + 1 + 0) / 6);
  });

  it('takes the newest state of a run, and says when scoring failed', () => {
    const failed = job(2, 'evaluate', 'failed', { error: { what: 'The disk is full.', remedy: '' } });
    const [progress] = progressOf({ runs: [run(2, 'queued')], table }, runs, jobsOfRuns([failed], 'p'));
    expect(progress).toMatchObject({ stage: 'failed', words: 'It could not be scored. The disk is full.' });
  });

  it('adds up the time that is left from runs of the same kind, else from the plan', () => {
    expect(secondsLeft(list, null)).toBe(12 + 40);
    const first = progressOf({ runs: [run(7, 'queued', { method: 'suica' })], table }, [], new Map());
    expect(secondsLeft(first, null)).toBeNull();
    expect(secondsLeft(first, 90)).toBe(90);
    expect(secondsLeft(list.slice(0, 2), 90)).toBeNull();
  });

  it('takes the name of a run apart', () => {
    expect(runParts('SUICA · lacuna · spatial imputation, 80 % of spots · seed 12')).toEqual({
      method: 'SUICA · lacuna',
      protocol: 'spatial imputation, 80 % of spots',
    });
    expect(runParts('my best run')).toEqual({ method: 'my best run', protocol: '' });
  });
});

describe('the table in parts', () => {
  const cell = (mean: number) => ({ mean, sd: null, n: 1, best: false, beatsFloor: null });
  const row = (method: string, protocol: string, isFloor: boolean, cells: (number | null)[], runId: number) => ({
    datasetId: 1,
    dataset: 'Slice',
    protocol,
    method,
    methodTitle: method,
    preset: 'lacuna',
    variant: '',
    space: '',
    clustering: '',
    runIds: [runId],
    seeds: [1],
    isFloor,
    cells: cells.map((mean) => (mean === null ? null : cell(mean))),
  });
  const column = (metric: string, labels = '') => ({ metric, labels, title: metric, higherIsBetter: false, digits: 3 });
  const table: ScoreTable = {
    columns: [column('mse'), column('mse, muted'), column('ari, k-means', 'region')],
    rows: [
      row('mean', 'spatial', true, [0.5, null, 0], 1),
      row('siren', 'spatial', false, [0.4, null, 0.2], 2),
      row('suica', 'spatial', false, [0.3, null, 0.3], 3),
      row('suica', 'muted', false, [0.2, 0.6, 0.3], 4),
    ],
  };

  it('has a part for each dataset and protocol, without columns that are empty there', () => {
    const tasks = tasksOf({ table, runIds: [4, 2, 1, 3] });
    expect(tasks.map(({ protocol }) => protocol)).toEqual(['muted', 'spatial']);
    const part = tableOf(table, tasks[1], ['mse', 'mse, muted']);
    expect(part.columns.map(({ metric }) => metric)).toEqual(['mse']);
    expect(part.rows.map(({ cells }) => cells[0]?.mean)).toEqual([0.5, 0.4, 0.3]);
    expect(tableOf(table, tasks[0], null).columns).toHaveLength(3);
    expect(metricsOf(table).map(({ metric }) => metric)).toEqual(['mse', 'mse, muted', 'ari, k-means']);
  });

  it('shows maps of the best methods first, and of floors last', () => {
    expect(mapRows(table, tasksOf({ table, runIds: [1, 2, 3, 4] })[0]).map(({ method }) => method)).toEqual([
      'suica',
      'siren',
      'mean',
    ]);
  });

  it('calls rows by what stands in brackets, and by their preset where that tells them apart', () => {
    const ffn = { ...table.rows[1], method: 'ffn', methodTitle: 'Fourier feature network (FFN)' };
    expect(shortName(ffn, [ffn, table.rows[0]])).toBe('FFN');
    expect(shortName(ffn, [ffn, { ...ffn, preset: 'paper' }])).toBe('FFN · lacuna');
    expect(shortName(table.rows[0], table.rows)).toBe('mean');
  });

  it('finds the figures behind a cell', () => {
    const figure = (runId: number, space: string, clustering: string, metric: string, labels = '') =>
      ({ runId, space, clustering, metric, labels, value: 1 }) as ScoreFigure;
    const figures = [
      figure(4, 'all entries', 'none', 'mse'),
      figure(4, 'muted', 'none', 'mse'),
      figure(3, 'held-out', 'none', 'mse'),
      figure(4, 'denoised', 'kmeans', 'ari', 'region'),
      figure(4, 'denoised', 'leiden', 'ari', 'region'),
    ];
    const behind = (at: number, metric: ScoreTable['columns'][number]) =>
      figuresBehind(figures, table.rows[at], metric);
    expect(behind(3, table.columns[0])).toEqual([figures[0]]);
    expect(behind(3, table.columns[1])).toEqual([figures[1]]);
    expect(behind(2, table.columns[0])).toEqual([figures[2]]);
    expect(behind(3, table.columns[2])).toEqual([figures[3]]);
    expect(behind(3, { ...column('ari, k-means'), labels: 'other' })).toEqual([]);
  });
});

it('correlates over the spots that count', () => {
  const a = Float32Array.of(1, 2, 3, 100);
  const b = Float32Array.of(2, 4, 6.5, -5);
  // By hand: deviations (-1, 0, 1) and (-13/6, -1/6, 7/3): 4.5 / sqrt(2 · 10.1667).
  expect(correlation(a, b, [1, 1, 1, 0])).toMatchObject({ n: 3 });
  expect(correlation(a, b, [1, 1, 1, 0]).r).toBeCloseTo(0.99794, 4);
  expect(correlation(a, b, null).r).toBeLessThan(0);
  expect(correlation(a, Float32Array.of(1, 1, 1, 1), null).r).toBeNull();
  expect(correlation(a, Float32Array.of(NaN, 1, 2, 3), null).n).toBe(3);
});

it('tells a gene of a region from one that is everywhere', () => {
  const positions = Float64Array.from({ length: 2 * 2000 }, (_, k) =>
    k % 2 === 0 ? (k / 2) % 50 : Math.floor(k / 100),
  );
  const left = Float32Array.from({ length: 2000 }, (_, i) => (i % 50 < 20 ? 3 : 0));
  const scattered = Float32Array.from({ length: 2000 }, (_, i) => ((i * 7919) % 101 < 40 ? 3 : 0));
  expect(regionalShare(left, positions, 2)).toBeGreaterThan(0.8);
  expect(regionalShare(scattered, positions, 2)).toBeLessThan(0.1);
  expect(regionalShare(new Float32Array(2000), positions, 2)).toBe(0);
});
