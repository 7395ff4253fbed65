import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LongTask } from '../../dataset/progress.ts';
import { writeFolderAtomically } from '../atomic-target.ts';
import { chooseMatrix } from '../choose-matrix.ts';
import type { ExportOptions, ExportResult, ExportSource, SparseOptions } from '../export-source.ts';
import { featureFields } from '../feature-fields.ts';
import { float32Text } from '../number-text.ts';
import { RowProgress } from '../row-progress.ts';
import { sparseChunks } from '../sparse-chunks.ts';
import { withTextFile } from '../text-file.ts';
import { headerMember } from './header-member.ts';

export interface TenxMtxOptions extends ExportOptions, SparseOptions {
  /** Which matrix; default the main one. */
  matrix?: string;
}

const FILES = ['matrix.mtx.gz', 'features.tsv.gz', 'barcodes.tsv.gz'] as const;

/**
 * Writes one matrix as a Cell Ranger 3 folder: `matrix.mtx.gz` (features × barcodes, 1-based, `integer` for counts and
 * `real` otherwise), `features.tsv.gz` (id, name, type), `barcodes.tsv.gz`. scanpy's `read_10x_mtx` and Seurat's
 * `Read10X` read it. An existing folder is replaced only with `overwrite`, and only if it holds nothing but these files.
 *
 * @throws LacunaError `unsupported` for NaN or infinite values, `bad-option`, `cancelled`, `disk-full`, `no-access`
 */
export async function writeTenxMtx(
  path: string,
  source: ExportSource,
  options: TenxMtxOptions = {},
  task: LongTask = {},
): Promise<ExportResult> {
  const matrix = chooseMatrix(source, options.matrix);
  const field = matrix.valueKind === 'counts' && matrix.storage === 'sparse' ? 'integer' : 'real';
  let nnz = 0;
  const bytes = await writeFolderAtomically(path, options.overwrite ?? false, FILES, async (folder) => {
    const features = featureFields(source.var);
    await writeLines(join(folder, 'barcodes.tsv.gz'), source.obs.names.map(oneField));
    await writeLines(
      join(folder, 'features.tsv.gz'),
      features.id.map((id, i) => [id, features.name[i], features.featureType[i]].map(oneField).join('\t')),
    );

    const matrixPath = join(folder, 'matrix.mtx.gz');
    const placeholder = headerMember(field, source.nVar, source.nObs, 0);
    await writeFile(matrixPath, placeholder);
    const progress = new RowProgress(task, source.nObs);
    await withTextFile(matrixPath, { gzip: true, startAt: placeholder.length }, async (file) => {
      for await (const chunk of sparseChunks(source, matrix, options.minValue ?? 0, progress, task.signal)) {
        for (let row = 0; row < chunk.nObs; row++) {
          const barcode = ` ${chunk.start + row + 1} `;
          let lines = '';
          for (let at = chunk.indptr[row]; at < chunk.indptr[row + 1]; at++) {
            lines += `${chunk.indices[at] + 1}${barcode}${float32Text(chunk.values[at])}\n`;
          }
          await file.write(lines);
        }
        nnz += chunk.indptr[chunk.nObs];
      }
    });
    const handle = await open(matrixPath, 'r+');
    try {
      await handle.write(headerMember(field, source.nVar, source.nObs, nnz), 0, placeholder.length, 0);
    } finally {
      await handle.close();
    }
  });
  return { path, bytes, nValues: nnz, warnings: [] };
}

/** Tabs and line ends would shift the fields of a line; nothing quotes them in this format. */
function oneField(text: string): string {
  return text.replace(/[\t\r\n]+/g, ' ');
}

async function writeLines(path: string, lines: readonly string[]): Promise<void> {
  await withTextFile(path, { gzip: true }, async (file) => {
    for (const line of lines) await file.write(`${line}\n`);
  });
}
