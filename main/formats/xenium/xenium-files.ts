import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** The files of a Xenium run that Lacuna reads. */
export interface XeniumFiles {
  folder: string;
  /** `cell_feature_matrix.h5`, or the folder of that name. */
  matrix: string;
  matrixIsFolder: boolean;
  /** Table of cells: Parquet rather than CSV where both are there. */
  cells: string;
  /** Table of the vertices of the cells' outlines. */
  borders: string | null;
}

/** The files of a Xenium run in a folder, or in `outs` below it; null when it is none. */
export async function findXeniumFiles(path: string): Promise<XeniumFiles | null> {
  for (const folder of [path, join(path, 'outs')]) {
    const names = await readdir(folder).catch((): string[] => []);
    const table = (base: string) =>
      [`${base}.parquet`, `${base}.csv.gz`, `${base}.csv`].find((name) => names.includes(name));
    const matrix = ['cell_feature_matrix.h5', 'cell_feature_matrix'].find((name) => names.includes(name));
    const cells = table('cells');
    if (matrix === undefined || cells === undefined) continue;
    const borders = table('cell_boundaries');
    return {
      folder,
      matrix: join(folder, matrix),
      matrixIsFolder: (await stat(join(folder, matrix))).isDirectory(),
      cells: join(folder, cells),
      borders: borders === undefined ? null : join(folder, borders),
    };
  }
  return null;
}
