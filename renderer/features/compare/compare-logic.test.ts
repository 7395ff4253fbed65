import { describe, expect, it } from 'vitest';
import type { RunInfo } from '../../app/project.svelte.ts';
import { tableCsv } from '../../charts/chart-table.ts';
import { PAPER_COLOURS } from '../../charts/chart-theme.ts';
import { lossOption, lossTable, lossTerms, type RunHistory } from './loss-overlay.ts';
import { arrangeFlows, flowTable, sankeyHeight, sankeyOption, type CrossTable } from './sankey-flows.ts';
import { settingRows } from './settings-rows.ts';

const run = (changes: Partial<RunInfo>): RunInfo =>
  ({
    id: 1,
    name: 'a',
    datasetId: 1,
    method: 'ae',
    preset: 'paper',
    parameters: {},
    recipe: { filter: {}, normalisation: { librarySize: 'cp10k', log1p: true } },
    seed: 1,
    protocol: {},
    state: 'done',
    wallSeconds: 1.2345,
    device: 'CPU',
    versions: { lacuna: '1', process: 'x' },
    summary: {},
    nObs: 10,
    nVar: 20,
    ...changes,
  }) as unknown as RunInfo;

describe('settingRows', () => {
  const fields = [
    { key: 'nLatent', label: 'Latent dimensions', unit: null },
    { key: 'epochs', label: 'Epochs', unit: 'epochs' },
    { key: 'warmUp', label: 'Warm-up', unit: 'steps' },
  ];
  const methods = [{ id: 'ae', title: 'Autoencoder', fields }];
  const runs = [
    run({ parameters: { nLatent: 2, epochs: 5, hidden: [8, 4] } }),
    run({ id: 2, seed: 2, parameters: { nLatent: 3, epochs: 5, warmUp: null } }),
  ];
  const rows = settingRows(runs, methods, new Map([[1, 'PBMC']]));
  const row = (label: string) => rows.find((one) => one.label === label);

  it('says what differs, in the words of the method', () => {
    expect(row('Latent dimensions')).toEqual({
      section: 'Settings of the method',
      label: 'Latent dimensions',
      values: ['2', '3'],
      differs: true,
    });
    expect(row('Epochs')?.differs).toBe(false);
    expect(row('Method')?.values).toEqual(['Autoencoder', 'Autoencoder']);
    expect(row('Dataset')?.values).toEqual(['PBMC', 'PBMC']);
    expect(rows.filter(({ differs }) => differs).map(({ label }) => label)).toEqual([
      'Seed',
      'Latent dimensions',
      'hidden',
      'Warm-up (steps)',
    ]);
  });

  it('tells a setting that a run does not have from one that is none', () => {
    expect(row('hidden')?.values).toEqual(['8, 4', '–']);
    expect(row('Warm-up (steps)')?.values).toEqual(['–', 'none']);
  });

  it('has a row for each leaf of what is nested, and nothing of processes', () => {
    expect(row('normalisation: library size')?.values).toEqual(['cp10k', 'cp10k']);
    expect(row('normalisation: log1p')?.values).toEqual(['yes', 'yes']);
    expect(row('Version of process')).toBeUndefined();
  });
});

describe('losses of several runs', () => {
  const epoch = (at: number, total: number, heldOut: number | null) => ({
    epoch: at,
    train: { reconstruction: total - 1, total },
    heldOut: heldOut === null ? null : { total: heldOut },
    obsPerSecond: 1,
  });
  const runs: RunHistory[] = [
    { name: 'a', history: [epoch(1, 5, 6), epoch(2, 3, 4)] },
    { name: 'b', history: [epoch(1, -2, null), epoch(2, 4, null), epoch(3, 2, null)] },
    { name: 'pca', history: [] },
  ];

  it('share their terms, the total first', () => {
    expect(lossTerms(runs)).toEqual(['total', 'reconstruction']);
  });

  it('are a line each, held-out cells apart; none where there is nothing', () => {
    const { series } = lossOption(runs, 'total', ['train', 'heldOut'], true, PAPER_COLOURS);
    const lines = series as { name: string; lineStyle: { type: string; color: string }; data: [number, number][] }[];
    expect(lines.map(({ name, lineStyle }) => [name, lineStyle.type])).toEqual([
      ['a', 'solid'],
      ['a, held out', 'dashed'],
      ['b', 'solid'],
    ]);
    expect(lines[0].lineStyle.color).toBe(lines[1].lineStyle.color);
    // A logarithm has no place for -2.
    expect(lines[2].data.map(([, value]) => value)).toEqual([NaN, 4, 2]);
  });

  it('are a table by epoch', () => {
    expect(tableCsv(lossTable(runs, 'total', ['train', 'heldOut']))).toBe(
      'epoch,a,"a, held out",b\r\n1,5,6,-2\r\n2,3,4,4\r\n3,,,2\r\n',
    );
  });
});

describe('flows between clusters', () => {
  const side = (title: string, sizes: number[]) => ({
    title,
    sizes,
    names: sizes.map((_, i) => `${title}${i + 1}`),
    colours: sizes.map((_, i) => `#00000${i}`),
  });
  const table: CrossTable = {
    left: side('L', [10, 90, 20]),
    right: side('R', [18, 92, 10]),
    counts: [
      [0, 1, 9],
      [0, 90, 0],
      [18, 1, 1],
    ],
    matched: [2, 1, 0],
    matchedShare: 0.97,
    ari: 0.9,
    nmi: 0.9,
    missing: 0,
  };

  it('stand by size at the left, and where they come from at the right', () => {
    const { left, right } = arrangeFlows(table, 0);
    expect(left).toEqual([1, 2, 0]);
    expect(right).toEqual([1, 0, 2]);
  });

  it('leave thin streams out, judged by both ends, and count them', () => {
    const all = arrangeFlows(table, 0);
    expect(all.flows).toHaveLength(6);
    const some = arrangeFlows(table, 0.09);
    expect(some.flows.map(({ left, right }) => [left, right])).toEqual([
      [1, 1],
      [2, 0],
      [2, 2],
      [0, 1],
      [0, 2],
    ]);
    expect(some.hidden).toEqual({ flows: 1, count: 1 });
    expect(flowTable(table).rows).toHaveLength(6);
  });

  it('keep the size of a group whose streams are left out, and its name with its size', () => {
    const { series } = sankeyOption(table, arrangeFlows(table, 0.5), PAPER_COLOURS);
    const [{ data, links }] = series as unknown as {
      data: { name: string; value: number; label: { formatter: string }; itemStyle: { color: string } }[];
      links: unknown[];
    }[];
    expect(links).toHaveLength(3);
    expect(data.map(({ value }) => value)).toEqual([90, 20, 10, 92, 18, 10]);
    expect(data[0].label.formatter).toBe('L2 (90)');
    // A group at the right has the colour of the one that most of it comes from.
    expect(data[5].itemStyle.color).toBe(data[2].itemStyle.color);
  });

  it('have room for every name', () => {
    const wide = { ...table, left: side('L', new Array<number>(40).fill(5)) };
    expect(sankeyHeight(wide)).toBeGreaterThan(40 * 15);
    expect(sankeyHeight(table)).toBe(320);
  });
});
