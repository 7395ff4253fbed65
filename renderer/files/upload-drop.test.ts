import { describe, expect, it } from 'vitest';
import { rootsOf } from './upload-drop.ts';

const put = (path: string, root = path) => ({
  path: `/up/1/${path}`,
  root: `/up/1/${root}`,
  folder: '/up/1',
  bytes: 1,
});

describe('rootsOf', () => {
  it('looks at files and outermost folders, each once', () => {
    expect(rootsOf([put('a.h5'), put('outs/matrix.mtx.gz', 'outs'), put('outs/barcodes.tsv.gz', 'outs')])).toEqual([
      '/up/1/a.h5',
      '/up/1/outs',
    ]);
  });

  it('takes the loose files of one matrix together', () => {
    expect(rootsOf([put('matrix.mtx.gz'), put('barcodes.tsv.gz'), put('features.tsv.gz'), put('labels.csv')])).toEqual([
      '/up/1',
      '/up/1/labels.csv',
    ]);
  });
});
