import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { FoundDataset, FoundMatrix } from './found-dataset.ts';
import { pickRows } from './kept-features.ts';

/**
 * The dataset with some of its observations alone: those under tissue, those with a position.
 *
 * @param kept [nKept], their places in the file, ascending
 */
export function keepObservations(found: FoundDataset, kept: Int32Array): FoundDataset {
  const nObs = found.obs.names.length;
  if (kept.length === nObs) return found;
  const flags = new Uint8Array(nObs);
  for (const i of kept) flags[i] = 1;
  return {
    ...found,
    obs: {
      names: Array.from(kept, (i) => found.obs.names[i]),
      columns: found.obs.columns.map((column) => pickRows(column, kept)),
    },
    obsm: found.obsm.map((array) => {
      const values = new Float64Array(kept.length * array.nDim);
      kept.forEach((i, k) => values.set(array.values.subarray(i * array.nDim, (i + 1) * array.nDim), k * array.nDim));
      return { ...array, values };
    }),
    matrices: found.matrices.map((matrix) => keptMatrix(matrix, flags)),
    modalities: found.modalities?.map((modality) => ({ ...modality, matrix: keptMatrix(modality.matrix, flags) })),
  };
}

function keptMatrix(matrix: FoundMatrix, flags: Uint8Array): FoundMatrix {
  const nnz = keptEntries(matrix, flags);
  return {
    ...matrix,
    nnz,
    // What was looked at is the whole file or a sample of it.
    valuesSampled: matrix.valuesSampled === matrix.nnz ? nnz : Math.min(nnz, matrix.valuesSampled),
    offsets: undefined,
    chunks: (signal) => keptChunks(matrix.chunks(signal), flags),
  };
}

/** Exact where the reader drops no entries; where it drops some (other feature types), as large a share everywhere. */
function keptEntries({ nnz, offsets }: FoundMatrix, flags: Uint8Array): number {
  let kept = 0;
  let all = 0;
  for (let i = 0; i < flags.length; i++) {
    const entries = offsets === undefined ? 1 : offsets[i + 1] - offsets[i];
    all += entries;
    if (flags[i] === 1) kept += entries;
  }
  return all === 0 ? 0 : Math.round((nnz * kept) / all);
}

async function* keptChunks(chunks: AsyncIterable<CsrChunk>, flags: Uint8Array): AsyncGenerator<CsrChunk> {
  let start = 0;
  for await (const chunk of chunks) {
    const { indptr, indices, values } = chunk;
    const ends = [0];
    const rows: number[] = [];
    for (let i = 0; i < chunk.nObs; i++) {
      if (flags[chunk.start + i] === 0) continue;
      rows.push(i);
      ends.push(ends[ends.length - 1] + indptr[i + 1] - indptr[i]);
    }
    if (rows.length === 0) continue;
    const nnz = ends[ends.length - 1];
    const kept = {
      start,
      nObs: rows.length,
      nVar: chunk.nVar,
      indptr: Uint32Array.from(ends),
      indices: new Uint32Array(nnz),
      values: new Float32Array(nnz),
    };
    rows.forEach((row, k) => {
      kept.indices.set(indices.subarray(indptr[row], indptr[row + 1]), ends[k]);
      kept.values.set(values.subarray(indptr[row], indptr[row + 1]), ends[k]);
    });
    start += rows.length;
    yield kept;
  }
}
