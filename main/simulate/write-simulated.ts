import { extname } from 'node:path';
import type { LongTask } from '../dataset/progress.ts';
import { writeH5ad } from '../export/h5ad/write-h5ad.ts';
import type { ExportOptions, ExportResult, ExportSource } from '../export/export-source.ts';
import { writeTenxH5 } from '../export/tenx-h5/write-tenx-h5.ts';
import { writeTenxMtx } from '../export/tenx-mtx/write-tenx-mtx.ts';
import type { SimulatedDataset } from './simulate.ts';

/**
 * Draws the counts and writes them: `.h5ad` with labels, coordinates and provenance, `.h5` as Cell Ranger 3 does, and
 * any other path as a folder with `matrix.mtx.gz`. The 10x formats have no place for labels and coordinates; a warning
 * says so.
 *
 * @throws LacunaError `bad-option`, `cancelled`, `disk-full`, `no-access`
 */
export async function writeSimulated(
  path: string,
  data: SimulatedDataset,
  options: ExportOptions = {},
  task: LongTask = {},
): Promise<ExportResult> {
  const [counts] = data.matrices;
  const source: ExportSource = {
    nObs: data.nObs,
    nVar: data.nVar,
    obs: data.obs,
    var: data.var,
    matrices: [{ ...counts, storage: 'sparse' }],
    obsm: data.obsm,
    spatial: data.spatial,
    provenance: data.provenance,
  };
  const extension = extname(path).toLowerCase();
  if (extension === '.h5ad') return writeH5ad(path, source, options, task);
  const result = await (extension === '.h5' ? writeTenxH5 : writeTenxMtx)(path, source, options, task);
  const label = data.options.spatial ? 'region' : 'cell_type';
  const lost = data.options.spatial ? `column ${label} and the coordinates` : `column ${label}`;
  return { ...result, warnings: [...result.warnings, `This format has no place for the ${lost}; .h5ad keeps them.`] };
}
