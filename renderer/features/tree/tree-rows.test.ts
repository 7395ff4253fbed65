import { describe, expect, it } from 'vitest';
import type { DatasetInfo, RunInfo } from '../../app/project.svelte.ts';
import { treeMove, treeRows } from './tree-rows.ts';

const datasets = [{ id: 1 }, { id: 2 }, { id: 3 }] as DatasetInfo[];
const runs = [
  { id: 10, datasetId: 1 },
  { id: 11, datasetId: 1 },
  { id: 12, datasetId: 3 },
] as RunInfo[];
const open = treeRows(datasets, runs, new Set());

describe('treeRows', () => {
  it('lists datasets with their runs, and says what has none', () => {
    expect(open.map((row) => row.key)).toEqual(['dataset-1', 'run-10', 'run-11', 'dataset-2', 'dataset-3', 'run-12']);
    expect(open[3]).toMatchObject({ place: 2, of: 3, expanded: null });
    expect(open[2]).toMatchObject({ level: 2, place: 2, of: 2 });
  });

  it('hides the runs of a collapsed dataset', () => {
    const rows = treeRows(datasets, runs, new Set(['dataset-1']));
    expect(rows.map((row) => row.key)).toEqual(['dataset-1', 'dataset-2', 'dataset-3', 'run-12']);
    expect(rows[0]).toMatchObject({ expanded: false });
  });
});

describe('treeMove', () => {
  it('walks along the visible lines and stops at the ends', () => {
    expect(treeMove(open, 'run-11', 'ArrowDown')).toEqual({ focus: 'dataset-2' });
    expect(treeMove(open, 'dataset-1', 'ArrowUp')).toEqual({ focus: 'dataset-1' });
    expect(treeMove(open, 'run-10', 'End')).toEqual({ focus: 'run-12' });
  });

  it('opens, enters, leaves and closes', () => {
    const closed = treeRows(datasets, runs, new Set(['dataset-1']));
    expect(treeMove(closed, 'dataset-1', 'ArrowRight')).toEqual({ expand: 'dataset-1' });
    expect(treeMove(open, 'dataset-1', 'ArrowRight')).toEqual({ focus: 'run-10' });
    expect(treeMove(open, 'run-11', 'ArrowLeft')).toEqual({ focus: 'dataset-1' });
    expect(treeMove(open, 'dataset-1', 'ArrowLeft')).toEqual({ collapse: 'dataset-1' });
    expect(treeMove(open, 'dataset-2', 'ArrowRight')).toBeNull();
    expect(treeMove([], null, 'ArrowDown')).toBeNull();
  });
});
