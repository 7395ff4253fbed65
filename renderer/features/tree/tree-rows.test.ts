import { describe, expect, it } from 'vitest';
import type { DatasetInfo, RunInfo, StudyInfo } from '../../app/project.svelte.ts';
import { studyFacts, studyTitle } from './study-words.ts';
import { treeMove, treeRows } from './tree-rows.ts';

const datasets = [{ id: 1 }, { id: 2 }, { id: 3 }] as DatasetInfo[];
const runs = [
  { id: 10, datasetId: 1 },
  { id: 11, datasetId: 1 },
  { id: 12, datasetId: 3 },
] as RunInfo[];
const open = treeRows(datasets, runs, [], new Set());

describe('treeRows', () => {
  it('lists datasets with their runs, and says what has none', () => {
    expect(open.map((row) => row.key)).toEqual(['dataset-1', 'run-10', 'run-11', 'dataset-2', 'dataset-3', 'run-12']);
    expect(open[3]).toMatchObject({ place: 2, of: 3, expanded: null });
    expect(open[2]).toMatchObject({ level: 2, place: 2, of: 2 });
  });

  it('hides the runs of a collapsed dataset', () => {
    const rows = treeRows(datasets, runs, [], new Set(['dataset-1']));
    expect(rows.map((row) => row.key)).toEqual(['dataset-1', 'dataset-2', 'dataset-3', 'run-12']);
    expect(rows[0]).toMatchObject({ expanded: false });
  });
});

describe('runs of a benchmark or search', () => {
  const many = [
    ...runs.slice(0, 2),
    ...[20, 21].map((id) => ({ id, datasetId: 1, state: 'done' })),
    { id: 13, datasetId: 1 },
    { id: 22, datasetId: 3, state: 'failed' },
  ] as RunInfo[];
  const studies = [{ id: 5, kind: 'search', title: 'ZiPo', createdAt: '', runIds: [20, 21, 22] }] as StudyInfo[];
  const keys = (toggled: string[] = []) => treeRows(datasets, many, studies, new Set(toggled)).map(({ key }) => key);

  it('are one folded line in each dataset, in their place', () => {
    expect(keys()).toEqual([
      'dataset-1',
      'run-10',
      'run-11',
      'study-5-1',
      'run-13',
      'dataset-2',
      'dataset-3',
      'study-5-3',
    ]);
    expect(keys(['study-5-1']).slice(3, 7)).toEqual(['study-5-1', 'run-20', 'run-21', 'run-13']);
    const rows = treeRows(datasets, many, studies, new Set(['study-5-1']));
    expect(rows[3]).toMatchObject({ level: 2, place: 3, of: 4, expanded: true });
    expect(rows[5]).toMatchObject({ level: 3, place: 2, of: 2, parent: 'study-5-1' });
  });

  it('are walked like the others', () => {
    const rows = treeRows(datasets, many, studies, new Set(['study-5-1']));
    expect(treeMove(rows, 'run-21', 'ArrowLeft')).toEqual({ focus: 'study-5-1' });
    expect(treeMove(rows, 'study-5-1', 'ArrowLeft')).toEqual({ collapse: 'study-5-1' });
    expect(treeMove(rows, 'study-5-3', 'ArrowLeft')).toEqual({ focus: 'dataset-3' });
    expect(treeMove(rows, 'study-5-3', 'ArrowRight')).toEqual({ expand: 'study-5-3' });
  });

  it('say what they are', () => {
    expect(studyTitle(studies[0])).toBe('Search: ZiPo');
    expect(studyTitle({ kind: 'benchmark', title: 'Benchmark of two' })).toBe('Benchmark of two');
    expect(studyFacts([{ state: 'done' }, { state: 'queued' }, { state: 'failed' }])).toBe(
      '3 runs, 1 under way, 1 failed',
    );
  });
});

describe('treeMove', () => {
  it('walks along the visible lines and stops at the ends', () => {
    expect(treeMove(open, 'run-11', 'ArrowDown')).toEqual({ focus: 'dataset-2' });
    expect(treeMove(open, 'dataset-1', 'ArrowUp')).toEqual({ focus: 'dataset-1' });
    expect(treeMove(open, 'run-10', 'End')).toEqual({ focus: 'run-12' });
  });

  it('opens, enters, leaves and closes', () => {
    const closed = treeRows(datasets, runs, [], new Set(['dataset-1']));
    expect(treeMove(closed, 'dataset-1', 'ArrowRight')).toEqual({ expand: 'dataset-1' });
    expect(treeMove(open, 'dataset-1', 'ArrowRight')).toEqual({ focus: 'run-10' });
    expect(treeMove(open, 'run-11', 'ArrowLeft')).toEqual({ focus: 'dataset-1' });
    expect(treeMove(open, 'dataset-1', 'ArrowLeft')).toEqual({ collapse: 'dataset-1' });
    expect(treeMove(open, 'dataset-2', 'ArrowRight')).toBeNull();
    expect(treeMove([], null, 'ArrowDown')).toBeNull();
  });
});
