import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { writeFileAtomically } from '../atomic-target.ts';
import { checkedChunks } from '../checked-chunks.ts';
import { chooseMatrix } from '../choose-matrix.ts';
import type { ExportOptions, ExportResult, ExportSource } from '../export-source.ts';
import { float32Text } from '../number-text.ts';
import { isSparseChunk } from '../row-chunk.ts';
import { RowProgress } from '../row-progress.ts';
import { withTextFile } from '../text-file.ts';
import { delimitedLine, type Delimiter } from './delimited.ts';

/** Largest cells × genes that is written as text: about 150 MB, and still opens in a text editor. */
const MAX_VALUES = 20_000_000;

export interface MatrixCsvOptions extends ExportOptions {
  /** Which matrix; default the main one. */
  matrix?: string;
  delimiter?: Delimiter;
  /** Largest cells × genes that is accepted; default 20 million. */
  maxValues?: number;
}

/**
 * Writes one matrix as a table: a line per observation, a column per variable, the first column `barcode`. Values are
 * the shortest decimals that read back as the same float32; a missing value is an empty field. A path that ends in
 * `.gz` is compressed.
 *
 * @throws LacunaError `unsupported` when the matrix is too large for text, `bad-option`, `cancelled`, `disk-full`
 */
export async function writeMatrixCsv(
  path: string,
  source: ExportSource,
  options: MatrixCsvOptions = {},
  task: LongTask = {},
): Promise<ExportResult> {
  const matrix = chooseMatrix(source, options.matrix);
  const limit = options.maxValues ?? MAX_VALUES;
  const { nObs, nVar } = source;
  if (nObs * nVar > limit) {
    const number = (n: number): string => n.toLocaleString('en-US');
    throw new LacunaError(
      'unsupported',
      `${number(nObs)} cells × ${number(nVar)} genes are ${number(nObs * nVar)} values; as text that is about ${number(Math.ceil((nObs * nVar * 8) / 1e6))} MB, and the limit is ${number(limit)} values.`,
      'Export as .h5ad (Python, R), 10x .h5 or a 10x mtx folder (Seurat, scanpy), or keep fewer genes.',
      { nObs, nVar, limit },
    );
  }
  const delimiter = options.delimiter ?? 'csv';
  const separator = delimiter === 'csv' ? ',' : '\t';
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) =>
    withTextFile(temporary, { gzip: path.endsWith('.gz') }, async (file) => {
      await file.write(delimitedLine(['barcode', ...source.var.names], delimiter) + '\n');
      const progress = new RowProgress(task, nObs);
      const fields = new Array<string>(nVar);
      for await (const chunk of checkedChunks(matrix, nObs, nVar, progress, task.signal)) {
        for (let row = 0; row < chunk.nObs; row++) {
          if (isSparseChunk(chunk)) {
            fields.fill('0');
            for (let at = chunk.indptr[row]; at < chunk.indptr[row + 1]; at++)
              fields[chunk.indices[at]] = float32Text(chunk.values[at]);
          } else {
            for (let i = 0; i < nVar; i++) fields[i] = float32Text(chunk.values[row * nVar + i]);
          }
          const name = delimitedLine([source.obs.names[chunk.start + row]], delimiter);
          await file.write(`${name}${separator}${fields.join(separator)}\n`);
        }
      }
    }),
  );
  return { path, bytes, nValues: nObs * nVar, warnings: [] };
}
