import { basename, dirname } from 'node:path';
import { datasetName } from '../dataset-name.ts';

/** Names that programs give the table of every sample; they tell nothing about this one. */
const generic =
  /^(mapped_?dge(for_?r)?|cell_by_gene.*|counts?(_.*)?|(raw_|umi_)?counts?|(expression_)?matrix|expr(ession)?|dge|data|exprmat_file)$/i;

/** What a dataset from tables is called at first: the table's name, or its folder's where that says more. */
export function tableSetName(path: string, countsPath: string, isFolder: boolean): string {
  if (isFolder) return datasetName(path);
  const bare = basename(countsPath)
    .replace(/\.gz$/i, '')
    .replace(/\.(csv|tsv|txt|tab)$/i, '');
  return generic.test(bare) ? datasetName(dirname(countsPath)) : bare;
}
