import type { LongTask } from '../../dataset/progress.ts';
import { writeFileAtomically } from '../atomic-target.ts';
import { chooseMatrix } from '../choose-matrix.ts';
import type { ExportOptions, ExportResult, ExportSource, SparseOptions } from '../export-source.ts';
import { featureFields } from '../feature-fields.ts';
import { GrowingVector } from '../hdf5/growing-vector.ts';
import { withHdf5File } from '../hdf5/with-hdf5-file.ts';
import { RowProgress } from '../row-progress.ts';
import { sparseChunks } from '../sparse-chunks.ts';

export interface TenxH5Options extends ExportOptions, SparseOptions {
  /** Which matrix; default the main one. */
  matrix?: string;
  /** gzip level 0 to 9; default 4, as Cell Ranger. */
  gzip?: number;
}

/**
 * Writes one matrix as a Cell Ranger 3 style `.h5`: group `matrix` with `data`, `indices`, `indptr`, `shape`
 * (features × barcodes, compressed by barcode), `barcodes`, and `features/{id,name,feature_type,genome}`.
 * Counts are int32; anything else is float32. scanpy's `read_10x_h5` and Seurat's `Read10X_h5` take both: Seurat
 * makes every value a double, so non-integers arrive unchanged, but its count-based steps then warn or refuse.
 * Annotations other than these fields, embeddings and provenance have no place in this format.
 *
 * @throws LacunaError `unsupported` for NaN or infinite values, `bad-option`, `cancelled`, `disk-full`, `no-access`
 */
export async function writeTenxH5(
  path: string,
  source: ExportSource,
  options: TenxH5Options = {},
  task: LongTask = {},
): Promise<ExportResult> {
  const matrix = chooseMatrix(source, options.matrix);
  const gzip = options.gzip ?? 4;
  let nValues = 0;
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) =>
    withHdf5File(temporary, async (file) => {
      await file.attribute(file.root, 'filetype', 'matrix');
      await file.attribute(file.root, 'software_version', 'Lacuna');
      await file.attribute(file.root, 'version', Int32Array.of(2));
      const group = await file.group(file.root, 'matrix');
      await file.fixedStrings(group, 'barcodes', source.obs.names);
      const features = await file.group(group, 'features');
      const fields = featureFields(source.var);
      await file.fixedStrings(features, '_all_tag_keys', ['genome']);
      await file.fixedStrings(features, 'id', fields.id);
      await file.fixedStrings(features, 'name', fields.name);
      await file.fixedStrings(features, 'feature_type', fields.featureType);
      await file.fixedStrings(features, 'genome', fields.genome);
      await file.numbers(group, 'shape', Int32Array.of(source.nVar, source.nObs), { shape: [2] });

      const counts = matrix.valueKind === 'counts' && matrix.storage === 'sparse';
      const data = await GrowingVector.create(
        file,
        group,
        'data',
        counts ? new Int32Array(0) : new Float32Array(0),
        gzip,
      );
      const indices = await GrowingVector.create(file, group, 'indices', new BigInt64Array(0), gzip);
      const indptr = new BigInt64Array(source.nObs + 1);
      const progress = new RowProgress(task, source.nObs);
      for await (const chunk of sparseChunks(source, matrix, options.minValue ?? 0, progress, task.signal)) {
        const nnz = chunk.indptr[chunk.nObs];
        for (let row = 0; row < chunk.nObs; row++)
          indptr[chunk.start + row + 1] = BigInt(data.length + chunk.indptr[row + 1]);
        await data.push(chunk.values.subarray(0, nnz));
        await indices.push(chunk.indices.subarray(0, nnz));
      }
      await data.finish();
      await indices.finish();
      await file.numbers(group, 'indptr', indptr, { shape: [source.nObs + 1] });
      nValues = data.length;
    }),
  );
  return { path, bytes, nValues, warnings: [] };
}
