import type { ProjectDatabase } from '../file/project-database.ts';
import { readLines } from '../codec/sparse-chunk.ts';
import { breathe } from './breathe.ts';
import { readChunks, writeChunk } from './matrix-chunks.ts';
import type { StoredMatrix } from './matrix-chunks.ts';

/** Entries of a block: about 0.4 MiB unpacked, of which a gene needs a part; unpacking it takes about 1 ms. */
const blockEntries = 128 * 1024;
const blockVariables = 4096;

/**
 * Builds the gene-major copy of a stored matrix in bounded memory: variables are taken in ranges of at most
 * `entryBudget` entries (8 bytes each; a single longer variable makes a range of its own), and every range is one pass
 * over the stored observations. 286 M entries, the largest dataset we know of, take nine passes of a few seconds each.
 *
 * @param perVariable [nVar] entries of each variable, counted while the observations were stored
 * @throws LacunaError `cancelled`
 */
export async function buildGeneMajor(
  database: ProjectDatabase,
  matrix: StoredMatrix,
  perVariable: Float64Array,
  signal: AbortSignal | undefined,
  report: (fraction: number) => void,
  entryBudget = 32 * 1024 * 1024,
): Promise<void> {
  const ranges = [...splitVariables(perVariable, entryBudget, Infinity)];
  for (const [pass, [from, to]] of ranges.entries()) {
    const indptr = new Uint32Array(to - from + 1);
    for (let v = from; v < to; v++) indptr[v - from + 1] = indptr[v - from] + perVariable[v];
    const indices = new Uint32Array(indptr[to - from]);
    const values = new Float32Array(indptr[to - from]);
    const cursor = indptr.slice();
    for (const chunk of readChunks(database, matrix, 'obs', 0, matrix.nObs)) {
      await breathe(signal);
      const vars = new Uint32Array(chunk.nnz);
      const counts = new Float32Array(chunk.nnz);
      readLines(chunk, 0, chunk.nLines, vars, counts);
      for (let line = 0; line < chunk.nLines; line++) {
        const obs = chunk.start + line;
        for (let i = chunk.indptr[line], last = chunk.indptr[line + 1]; i < last; i++) {
          const v = vars[i];
          if (v < from || v >= to) continue;
          const at = cursor[v - from]++;
          indices[at] = obs;
          values[at] = counts[i];
        }
      }
      report((pass + (0.8 * (chunk.start + chunk.nLines)) / matrix.nObs) / ranges.length);
    }
    for (const [first, end] of splitVariables(perVariable.subarray(from, to), blockEntries, blockVariables)) {
      await breathe(signal);
      writeChunk(database, matrix.id, 'var', from + first, { indptr: indptr.slice(first, end + 1), indices, values });
      report((pass + 0.8 + (0.2 * end) / (to - from)) / ranges.length);
    }
  }
}

/** Consecutive ranges `[from, to)` of at most `maxEntries` entries and `maxVariables` variables, one variable at least. */
function* splitVariables(
  perVariable: Float64Array,
  maxEntries: number,
  maxVariables: number,
): Generator<[number, number]> {
  let from = 0;
  let entries = 0;
  for (let v = 0; v < perVariable.length; v++) {
    if (v > from && (entries + perVariable[v] > maxEntries || v - from >= maxVariables)) {
      yield [from, v];
      from = v;
      entries = 0;
    }
    entries += perVariable[v];
  }
  if (perVariable.length > from) yield [from, perVariable.length];
}
