import { basename, dirname, resolve } from 'node:path';

/** Names that Cell Ranger gives every sample; they tell nothing about this one. */
const GENERIC =
  /^((raw|filtered)_(feature|gene|probe|peak)_bc|(raw|filtered)_gene_bc_matrices(_h5)?|cell_feature|sample_filtered_feature_bc|outs|count|matrix|spatial|binned_outputs|square_\d+um)$/i;

/**
 * What a dataset is called at first: the file's or folder's name without its ending. Where that is one of Cell Ranger's
 * own, the folder above says more: 'pbmc3k/filtered_feature_bc_matrix.h5' → 'pbmc3k', 'liver/outs/…' → 'liver'.
 */
export function datasetName(path: string): string {
  const absolute = resolve(path);
  for (let folder = absolute; ; folder = dirname(folder)) {
    const name = bareName(folder);
    if (name !== '' && !GENERIC.test(name)) return name;
    if (dirname(folder) === folder) return bareName(absolute);
  }
}

/** 'GSM1_matrix.mtx.gz' → 'GSM1'; 'liver.h5ad' → 'liver'. */
function bareName(path: string): string {
  const bare = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(h5ad|h5|hdf5|mtx|gem|(cellbin\.)?gef)$/i, '');
  return bare.replace(/[._-]?matrix$/i, '') || bare;
}
