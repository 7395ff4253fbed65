import { describe, expect, it } from 'vitest';
import { dropOf, folderOf, isMatrixPart, sortPaths, titleOf } from './sort-dropped.ts';

describe('sortPaths', () => {
  it('tells projects, data and tables of labels', () => {
    expect(sortPaths(['/a/p.lacuna', '/a/x.h5', '/a/cells.csv', 'C:\\d\\types.tsv.gz', '/a/outs'])).toEqual({
      projects: ['/a/p.lacuna'],
      data: ['/a/x.h5', '/a/outs'],
      labels: ['/a/cells.csv', 'C:\\d\\types.tsv.gz'],
    });
  });

  it('knows the files of a 10x matrix', () => {
    expect(['matrix.mtx.gz', 'GSM1_barcodes.tsv', 'features.tsv.gz', 'genes.tsv'].every(isMatrixPart)).toBe(true);
    expect(['labels.tsv', 'barcodes.csv'].some(isMatrixPart)).toBe(false);
  });
});

describe('titleOf', () => {
  it.each([
    ['/data/liver_pilot.h5ad', 'liver_pilot'],
    ['/data/liver/outs/filtered_feature_bc_matrix.h5', 'liver'],
    ['D:\\runs\\S7\\raw_feature_bc_matrix', 'S7'],
    ['/data/pbmc3k/filtered_gene_bc_matrices/hg19', 'pbmc3k'],
    ['filtered_feature_bc_matrix.h5', 'filtered_feature_bc_matrix'],
    ['', 'New data'],
  ])('%s → %s', (path, title) => expect(titleOf(path)).toBe(title));

  it('does not name a project after where dropped files are put', () => {
    const drop = '/tmp/lacuna-77/0b6f2d1e-9c1f-4d07-8c5a-0e2f6a3b9d11';
    expect(titleOf(`${drop}/filtered_feature_bc_matrix.h5`)).toBe('filtered_feature_bc_matrix');
    expect(titleOf(`${drop}/liver/outs`)).toBe('liver');
    expect(titleOf(drop)).toBe('New data');
  });
});

describe('folderOf', () => {
  it('is where the file lies, unless it is a dropped copy', () => {
    expect(['/data/liver/a.h5', '/a.h5', 'C:\\d\\a.h5', 'a.h5'].map(folderOf)).toEqual([
      '/data/liver',
      '/',
      'C:\\d',
      undefined,
    ]);
    expect(folderOf('/tmp/l/0b6f2d1e-9c1f-4d07-8c5a-0e2f6a3b9d11/a.h5')).toBeUndefined();
    expect(dropOf('/tmp/l/0b6f2d1e-9c1f-4d07-8c5a-0e2f6a3b9d11/a/b.h5')).toBe('0b6f2d1e-9c1f-4d07-8c5a-0e2f6a3b9d11');
    expect(dropOf('/data/liver/a.h5')).toBeUndefined();
  });
});
