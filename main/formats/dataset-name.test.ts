import { describe, expect, it } from 'vitest';
import { datasetName } from './dataset-name.ts';

describe('datasetName', () => {
  it.each([
    ['/data/liver.h5ad', 'liver'],
    ['/data/GSM1_matrix.mtx.gz', 'GSM1'],
    ['/data/SS200000135TL_D1.tissue.gem.gz', 'SS200000135TL_D1.tissue'],
    ['/data/SS200000135TL_D1.cellbin.gef', 'SS200000135TL_D1'],
    ['/data/pbmc3k/filtered_feature_bc_matrix.h5', 'pbmc3k'],
    ['/data/liver-pilot/outs/filtered_feature_bc_matrix', 'liver-pilot'],
    ['/data/v2/filtered_gene_bc_matrices_h5.h5', 'v2'],
    ['/data/sample 7/matrix.mtx', 'sample 7'],
    ['/filtered_feature_bc_matrix.h5', 'filtered_feature_bc'],
  ])('%s is called %s', (path, name) => expect(datasetName(path)).toBe(name));
});
