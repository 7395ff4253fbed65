import type { Group } from 'h5wasm/node';
import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import { checkedChunks } from '../checked-chunks.ts';
import type { DenseExportMatrix, ExportMatrix } from '../export-source.ts';
import { GrowingVector } from '../hdf5/growing-vector.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { isSparseChunk } from '../row-chunk.ts';
import type { RowProgress } from '../row-progress.ts';
import { toSparse } from '../to-sparse.ts';
import { markEncoding } from './encoding.ts';

/** Bytes of one HDF5 chunk of a dense matrix; HDF5's chunk cache holds 1 MiB. */
const DENSE_CHUNK_BYTES = 1 << 19;
/** Bytes collected before a write. */
const DENSE_WRITE_BYTES = 1 << 23;
/** Largest number of entries that 32-bit offsets can address. */
const INT32_MAX = 2 ** 31 - 1;

export interface MatrixPlace {
  file: Hdf5File;
  parent: Group;
  /** Name of the element in `parent`. */
  name: string;
  nObs: number;
  nVar: number;
  gzip: number;
  progress: RowProgress;
  signal?: AbortSignal;
}

/**
 * Writes a matrix as CSR (`data` float32, `indices` int32, `indptr` int32 or int64), streaming.
 *
 * @param minValue threshold for dense matrices that are stored sparse
 * @returns number of stored entries
 */
export async function writeCsr(place: MatrixPlace, matrix: ExportMatrix, minValue: number): Promise<number> {
  const { file, nObs, nVar } = place;
  const group = await file.group(place.parent, place.name);
  await markEncoding(file, group, 'csr_matrix');
  await file.attribute(group, 'shape', BigInt64Array.of(BigInt(nObs), BigInt(nVar)));
  const data = await GrowingVector.create(file, group, 'data', new Float32Array(0), place.gzip);
  const indices = await GrowingVector.create(file, group, 'indices', new Int32Array(0), place.gzip);
  const indptr = new Float64Array(nObs + 1);
  for await (const chunk of checkedChunks(matrix, nObs, nVar, place.progress, place.signal)) {
    const sparse: CsrChunk = isSparseChunk(chunk) ? chunk : toSparse(chunk, nVar, minValue);
    for (let row = 0; row < sparse.nObs; row++) indptr[sparse.start + row + 1] = data.length + sparse.indptr[row + 1];
    const nnz = sparse.indptr[sparse.nObs];
    await data.push(sparse.values.subarray(0, nnz));
    await indices.push(sparse.indices.subarray(0, nnz));
  }
  await data.finish();
  await indices.finish();
  const offsets = data.length <= INT32_MAX ? Int32Array.from(indptr) : BigInt64Array.from(indptr, BigInt);
  await file.numbers(group, 'indptr', offsets, { shape: [nObs + 1] });
  return data.length;
}

/** Writes a matrix as a dense float32 dataset in chunks of whole observations, streaming. @returns nObs · nVar */
export async function writeDense(place: MatrixPlace, matrix: DenseExportMatrix): Promise<number> {
  const { file, nObs, nVar } = place;
  const chunkRows = Math.max(1, Math.min(nObs, Math.floor(DENSE_CHUNK_BYTES / 4 / Math.max(1, nVar))));
  const chunked = nObs > 0 && nVar > 0;
  const dataset = await file.numbers(place.parent, place.name, new Float32Array(0), {
    shape: [0, nVar],
    maxShape: [nObs, nVar],
    // A row wider than a chunk is cut, so that no chunk grows without bound.
    chunks: [chunkRows, Math.max(1, Math.min(nVar, DENSE_CHUNK_BYTES / 4))],
    gzip: place.gzip,
  });
  await markEncoding(file, dataset, 'array');
  if (!chunked) {
    await file.resize(dataset, [nObs, nVar]);
    return 0;
  }
  // Rows are collected to whole chunks: a chunk that is written twice is compressed twice.
  const rowsPerWrite = chunkRows * Math.max(1, Math.floor(DENSE_WRITE_BYTES / (4 * nVar * chunkRows)));
  const buffer = new Float32Array(rowsPerWrite * nVar);
  let held = 0;
  let written = 0;
  const flush = async (): Promise<void> => {
    await file.resize(dataset, [written + held, nVar]);
    await file.writeRows(dataset, written, written + held, buffer.subarray(0, held * nVar));
    written += held;
    held = 0;
  };
  for await (const rows of checkedChunks(matrix, nObs, nVar, place.progress, place.signal)) {
    for (let from = 0; from < rows.nObs;) {
      const count = Math.min(rows.nObs - from, rowsPerWrite - held);
      buffer.set(rows.values.subarray(from * nVar, (from + count) * nVar), held * nVar);
      held += count;
      from += count;
      if (held === rowsPerWrite) await flush();
    }
  }
  if (held > 0) await flush();
  return nObs * nVar;
}
