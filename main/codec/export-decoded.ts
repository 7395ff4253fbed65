import { extname } from 'node:path';
import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { LongTask } from '../dataset/progress.ts';
import { writeH5ad } from '../export/h5ad/write-h5ad.ts';
import type { ExportResult, ExportSource } from '../export/export-source.ts';
import { writeTenxH5 } from '../export/tenx-h5/write-tenx-h5.ts';
import { writeTenxMtx } from '../export/tenx-mtx/write-tenx-mtx.ts';
import type { LczContent } from './container/lcz-file.ts';
import { axesOf } from './open-content.ts';

const OBS_AT_ONCE = 512;

/** Writes a decoded matrix with its names: `.h5ad`, `.h5` as Cell Ranger 3 does, any other path as a folder with `matrix.mtx.gz`. */
export async function exportDecoded(
  path: string,
  content: LczContent,
  matrix: CsrMatrix,
  overwrite: boolean,
  task: LongTask = {},
): Promise<ExportResult> {
  const { name, program, lossless } = content.header;
  const source: ExportSource = {
    nObs: matrix.nObs,
    nVar: matrix.nVar,
    ...axesOf(content),
    matrices: [{ name: 'X', storage: 'sparse', valueKind: 'counts', chunks: () => chunksOf(matrix) }],
    obsm: [],
    provenance: { codec: { name, program, lossless } },
  };
  const extension = extname(path).toLowerCase();
  const write = extension === '.h5ad' ? writeH5ad : extension === '.h5' ? writeTenxH5 : writeTenxMtx;
  return write(path, source, { overwrite }, task);
}

async function* chunksOf({
  nObs,
  nVar,
  indptr,
  indices,
  values,
}: CsrMatrix): AsyncGenerator<CsrMatrix & { start: number }> {
  for (let start = 0; start < nObs; start += OBS_AT_ONCE) {
    const end = Math.min(nObs, start + OBS_AT_ONCE);
    const [from, to] = [indptr[start], indptr[end]];
    yield await Promise.resolve({
      start,
      nObs: end - start,
      nVar,
      indptr: indptr.slice(start, end + 1).map((offset) => offset - from),
      indices: indices.subarray(from, to),
      values: values.subarray(from, to),
    });
  }
}
