import { crc32 } from 'node:zlib';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { encodeChunk, openChunk, readLines } from '../codec/sparse-chunk.ts';
import type { OpenChunk, SparseLines } from '../codec/sparse-chunk.ts';
import { damaged } from '../file/sqlite-error.ts';
import type { ProjectDatabase } from '../file/project-database.ts';
import { breathe } from './breathe.ts';
import { pacedReport } from './paced-report.ts';

/** A stored matrix as the readers need it. */
export interface StoredMatrix {
  id: number;
  datasetId: number;
  name: string;
  nObs: number;
  nVar: number;
  nnz: number;
}

interface ChunkRow {
  start: number;
  n: number;
  nnz: number;
  crc: number;
  bytes: Uint8Array;
}

/** Observations or variables that one chunk covers. */
type Axis = 'obs' | 'var';

/** Stores lines `[start, start + n)` of a matrix. */
export function writeChunk(
  database: ProjectDatabase,
  matrixId: number,
  by: Axis,
  start: number,
  lines: SparseLines,
): void {
  const n = lines.indptr.length - 1;
  const bytes = encodeChunk(lines);
  database.run('INSERT INTO matrix_chunks (matrix_id, by, start, n, nnz, crc, bytes) VALUES (?, ?, ?, ?, ?, ?, ?)', [
    matrixId,
    by,
    start,
    n,
    lines.indptr[n] - lines.indptr[0],
    crc32(bytes),
    bytes,
  ]);
}

/** The chunks that hold lines `[from, to)`, in order, one in memory at a time; gaps and broken bytes are reported. */
export function* readChunks(
  database: ProjectDatabase,
  matrix: StoredMatrix,
  by: Axis,
  from: number,
  to: number,
): Generator<OpenChunk & { start: number }> {
  let next = from;
  while (next < to) {
    const row = database.get<ChunkRow>(
      'SELECT start, n, nnz, crc, bytes FROM matrix_chunks WHERE matrix_id = ? AND by = ? AND start <= ? ORDER BY start DESC LIMIT 1',
      [matrix.id, by, next],
    );
    if (row === undefined || row.start + row.n <= next) throw broken(database, matrix, by, next, 'is missing');
    if (crc32(row.bytes) !== row.crc) throw broken(database, matrix, by, row.start, 'has a wrong checksum');
    let chunk: OpenChunk;
    try {
      chunk = openChunk(row.bytes, { nLines: row.n, nnz: row.nnz });
    } catch (thrown) {
      throw broken(database, matrix, by, row.start, 'cannot be unpacked', thrown);
    }
    yield { ...chunk, start: row.start };
    next = row.start + row.n;
  }
}

function broken(
  database: ProjectDatabase,
  matrix: StoredMatrix,
  by: Axis,
  start: number,
  what: string,
  cause?: unknown,
): Error {
  const axis = by === 'obs' ? 'observation' : 'variable';
  return damaged(
    database.path,
    `In dataset ${matrix.datasetId}, matrix "${matrix.name}", the chunk from ${axis} ${start} on ${what}.`,
    cause,
  );
}

/** Observations `[start, end)`. */
export function readRows(database: ProjectDatabase, matrix: StoredMatrix, start: number, end: number): CsrMatrix {
  const pieces: { indptr: Uint32Array; indices: Uint32Array; values: Float32Array }[] = [];
  const indptr = new Uint32Array(end - start + 1);
  let row = 0;
  for (const chunk of readChunks(database, matrix, 'obs', start, end)) {
    const from = Math.max(start - chunk.start, 0);
    const to = Math.min(end - chunk.start, chunk.nLines);
    const nnz = chunk.indptr[to] - chunk.indptr[from];
    const piece = { indptr: chunk.indptr, indices: new Uint32Array(nnz), values: new Float32Array(nnz) };
    readLines(chunk, from, to, piece.indices, piece.values);
    pieces.push(piece);
    for (let line = from; line < to; line++, row++)
      indptr[row + 1] = indptr[row] + chunk.indptr[line + 1] - chunk.indptr[line];
  }
  if (pieces.length === 1)
    return { nObs: end - start, nVar: matrix.nVar, indptr, indices: pieces[0].indices, values: pieces[0].values };
  const indices = new Uint32Array(indptr[end - start]);
  const values = new Float32Array(indptr[end - start]);
  let at = 0;
  for (const piece of pieces) {
    indices.set(piece.indices, at);
    values.set(piece.values, at);
    at += piece.indices.length;
  }
  return { nObs: end - start, nVar: matrix.nVar, indptr, indices, values };
}

/** The whole matrix, decoded chunk by chunk into its final place. */
export async function loadMatrix(database: ProjectDatabase, matrix: StoredMatrix, task?: LongTask): Promise<CsrMatrix> {
  const report = pacedReport(task);
  const indptr = new Uint32Array(matrix.nObs + 1);
  const indices = new Uint32Array(matrix.nnz);
  const values = new Float32Array(matrix.nnz);
  let at = 0;
  for (const chunk of readChunks(database, matrix, 'obs', 0, matrix.nObs)) {
    await breathe(task?.signal);
    if (at + chunk.nnz > matrix.nnz)
      throw broken(database, matrix, 'obs', chunk.start, 'holds more entries than the matrix has');
    readLines(chunk, 0, chunk.nLines, indices, values, at);
    for (let line = 0; line < chunk.nLines; line++) indptr[chunk.start + line + 1] = at + chunk.indptr[line + 1];
    at += chunk.nnz;
    report('Reading counts', (chunk.start + chunk.nLines) / matrix.nObs);
  }
  if (at !== matrix.nnz)
    throw broken(database, matrix, 'obs', 0, 'and those after it hold fewer entries than the matrix has');
  return { nObs: matrix.nObs, nVar: matrix.nVar, indptr, indices, values };
}

/** One variable over all observations: [nObs], zeros included. */
export function readGene(database: ProjectDatabase, matrix: StoredMatrix, variable: number): Float32Array {
  const out = new Float32Array(matrix.nObs);
  for (const chunk of readChunks(database, matrix, 'var', variable, variable + 1)) {
    const line = variable - chunk.start;
    const count = chunk.indptr[line + 1] - chunk.indptr[line];
    const indices = new Uint32Array(count);
    const values = new Float32Array(count);
    readLines(chunk, line, line + 1, indices, values);
    for (let i = 0; i < count; i++) out[indices[i]] = values[i];
  }
  return out;
}
