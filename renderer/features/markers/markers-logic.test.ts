import { describe, expect, it } from 'vitest';
import { MARKER_COLUMNS } from '../../../main/contract/markers/marker-columns.ts';
import { freshName } from '../annotate/fresh-name.ts';
import { groupDots, splitViolins } from './marker-charts.ts';
import { rankGenes } from './rank-genes.ts';

/** Genes with a figure of AUC, of its rank, and of Cohen's d; the rest is 0. */
function table(rows: [auc: number, rank: number, d: number][]): Float32Array {
  const width = MARKER_COLUMNS.length;
  const values = new Float32Array(rows.length * width);
  rows.forEach(([auc, rank, d], i) => {
    values[i * width + MARKER_COLUMNS.indexOf('auc_mean')] = auc;
    values[i * width + MARKER_COLUMNS.indexOf('auc_rank')] = rank;
    values[i * width + MARKER_COLUMNS.indexOf('cohensD_mean')] = d;
  });
  return values;
}

describe('rankGenes', () => {
  const names = ['CD3E', 'NKG7', 'cd79a', 'ACTB'];
  const values = table([
    [0.9, 2, 1],
    [0.7, 1, 3],
    [NaN, 1, 5],
    [0.9, 3, 2],
  ]);

  it('puts the highest first, ties by Cohen’s d, what is missing last either way', () => {
    expect([...rankGenes(names, values, 'auc_mean', false, '')]).toEqual([3, 0, 1, 2]);
    expect([...rankGenes(names, values, 'auc_mean', true, '')]).toEqual([1, 3, 0, 2]);
    expect([...rankGenes(names, values, 'auc_rank', true, '')]).toEqual([2, 1, 0, 3]);
  });

  it('finds names whatever their case, and sorts by them', () => {
    expect([...rankGenes(names, values, 'gene', true, 'CD')]).toEqual([0, 2]);
  });
});

describe('pictures of markers', () => {
  const read = {
    obs: Int32Array.from([4, 2, 0, 1]),
    genes: [{ name: 'CD3E', values: Float32Array.from([0, 2, 4, 0]) }],
  };

  it('split a gene by who is in the group, wherever the observations of the run lie', () => {
    const [{ sides }] = splitViolins(read, Int32Array.from([0, 1, 0, -1, 1]));
    expect([sides[0].n, sides[0].mean, sides[0].expressing]).toEqual([2, 3, 1]);
    expect([sides[1].n, sides[1].mean, sides[1].expressing]).toEqual([2, 0, 0]);
  });

  it('give the mean and the share above 0 of each group that is shown', () => {
    const codes = Int32Array.from([5, 5, 7, 7, 5]);
    expect(groupDots(read, codes, [7, 5])).toEqual([
      { gene: 0, group: 0, mean: 2, share: 1 },
      { gene: 0, group: 1, mean: 4 / 3, share: 1 / 3 },
    ]);
  });
});

describe('freshName', () => {
  it('is a name that no column has', () => {
    expect(freshName('cell_type', [{ name: 'cell_type' }])).toBe('cell_type (mine)');
    const taken = [{ name: 'cell_type (mine)' }, { name: 'cell_type (mine) 2' }];
    expect(freshName('cell_type', taken)).toBe('cell_type (mine) 3');
    expect(freshName('', [])).toBe('annotation (mine)');
  });
});
