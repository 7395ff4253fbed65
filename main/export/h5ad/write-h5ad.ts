import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { writeFileAtomically } from '../atomic-target.ts';
import type { ExportOptions, ExportResult, ExportSource, SparseOptions } from '../export-source.ts';
import { withHdf5File } from '../hdf5/with-hdf5-file.ts';
import { RowProgress } from '../row-progress.ts';
import { writeDataframe } from './dataframe.ts';
import { ElementNames } from './element-name.ts';
import { markEncoding, writeArray, writeDict } from './encoding.ts';
import { writeCsr, writeDense } from './matrix.ts';
import { writeSpatial } from './spatial.ts';
import { writeDictionary } from './uns.ts';
import { writeCategoryColours } from './category-colours.ts';

export interface H5adOptions extends ExportOptions, SparseOptions {
  /** How dense matrices are stored: as they are (default), or as CSR with values below `minValue` dropped. */
  dense?: 'dense' | 'sparse';
  /** gzip level 0 (none) to 9; default 1. Levels above 1 gain a few per cent and cost up to twice the time. */
  gzip?: number;
}

/**
 * Writes an `.h5ad` in the layout of anndata 0.8 and later: X and layers (CSR or dense), obs, var, obsm, and in
 * `uns` the provenance twice: `uns["lacuna"]` as nested dictionaries to look at, `uns["lacuna_json"]` as exact JSON; tissue
 * images and scale as scanpy keeps them.
 * Matrices are streamed: memory stays bounded whatever their size. Counts are stored as float32, as the field does.
 *
 * @throws LacunaError `bad-option`, `cancelled`, `disk-full`, `no-access`; nothing is left behind then
 */
export async function writeH5ad(
  path: string,
  source: ExportSource,
  options: H5adOptions = {},
  task: LongTask = {},
): Promise<ExportResult> {
  const gzip = options.gzip ?? 1;
  const minValue = options.minValue ?? 0;
  if (!Number.isInteger(gzip) || gzip < 0 || gzip > 9)
    throw new LacunaError('bad-option', `gzip must be a whole number from 0 to 9, not ${gzip}.`);
  if (!(minValue >= 0)) throw new LacunaError('bad-option', `minValue must be 0 or more, not ${minValue}.`);
  if (source.matrices.length === 0)
    throw new LacunaError('bad-option', 'There is no matrix to export.', 'Choose at least one.');
  const warnings: string[] = [];
  let nValues = 0;
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) =>
    withHdf5File(temporary, async (file) => {
      const root = file.root;
      await markEncoding(file, root, 'anndata');
      await writeDataframe(file, root, 'obs', source.obs, warnings);
      await writeDataframe(file, root, 'var', source.var, warnings);

      const obsm = await writeDict(file, root, 'obsm');
      const obsmNames = new ElementNames(warnings);
      const units: Record<string, string> = {};
      for (const array of source.obsm) {
        const name = obsmNames.take(array.name, 'array of obsm');
        await writeArray(file, obsm, name, array.values, [source.nObs, array.nDim]);
        if (array.unit) units[name] = array.unit;
      }
      for (const empty of ['varm', 'obsp', 'varp']) await writeDict(file, root, empty);

      const uns = await writeDict(file, root, 'uns');
      await writeDictionary(file, uns, 'lacuna', source.provenance, warnings);
      await markEncoding(file, await file.scalar(uns, 'lacuna_json', JSON.stringify(source.provenance)), 'string');
      if (Object.keys(units).length > 0) await writeDictionary(file, uns, 'obsm_units', units, warnings);

      await writeCategoryColours(file, uns, source.obs.columns);
      if (source.spatial) await writeSpatial(file, uns, source.spatial, warnings);

      const layers = await writeDict(file, root, 'layers');
      const layerNames = new ElementNames(warnings);
      const progress = new RowProgress(task, source.nObs * source.matrices.length);
      for (const [i, matrix] of source.matrices.entries()) {
        const place = {
          file,
          parent: i === 0 ? root : layers,
          name: i === 0 ? 'X' : layerNames.take(matrix.name, 'layer'),
          nObs: source.nObs,
          nVar: source.nVar,
          gzip,
          progress,
          signal: task.signal,
        };
        const dense = matrix.storage === 'dense' && options.dense !== 'sparse';
        nValues += dense ? await writeDense(place, matrix) : await writeCsr(place, matrix, minValue);
      }
    }),
  );
  return { path, bytes, nValues, warnings };
}
