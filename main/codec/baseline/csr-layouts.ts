import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { byGene } from '../counts/gene-major.ts';

/** The arrays of a sparse matrix as bytes that a general compressor is given. */
export interface CsrLayout {
  id: 'arrays' | 'gaps' | 'gene-gaps';
  title: string;
  bytes(matrix: CsrMatrix): Uint8Array;
}

/**
 * What zstd and gzip are compared on: the arrays as a 10x file holds them, and two layouts that do half of the work for them: gaps between
 * indices instead of indices, in as few bytes as they need, by cell and by gene.
 */
export const csrLayouts: readonly CsrLayout[] = [
  {
    id: 'arrays',
    title: 'arrays of the 10x file (int32 counts, int64 indices and offsets)',
    bytes: ({ indptr, indices, values }) =>
      joined([
        bytesOf(Int32Array.from(values)),
        bytesOf(BigInt64Array.from(indices, BigInt)),
        bytesOf(BigInt64Array.from(indptr, BigInt)),
      ]),
  },
  { id: 'gaps', title: 'gaps between genes, cell by cell', bytes: gapBytes },
  {
    id: 'gene-gaps',
    title: 'gaps between cells, gene by gene',
    bytes: (matrix) => {
      const { nObs, nVar, starts, obs, values } = byGene(matrix);
      return gapBytes({ nObs: nVar, nVar: nObs, indptr: starts, indices: obs, values });
    },
  },
];

/** Numbers of entries, gaps and counts, each as a row of varints (7 bits a byte): small numbers take one byte. */
function gapBytes({ nObs, indptr, indices, values }: CsrMatrix): Uint8Array {
  const lengths: number[] = [];
  const gaps: number[] = [];
  for (let i = 0; i < nObs; i++) {
    lengths.push(indptr[i + 1] - indptr[i]);
    let last = -1;
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      gaps.push(indices[k] - last - 1);
      last = indices[k];
    }
  }
  return joined([varints(lengths), varints(gaps), varints(values)]);
}

function varints(numbers: ArrayLike<number>): Uint8Array {
  const out = new Uint8Array(numbers.length * 5);
  let at = 0;
  for (let i = 0; i < numbers.length; i++) {
    let rest = numbers[i];
    while (rest >= 128) {
      out[at++] = 128 | (rest & 127);
      rest >>>= 7;
    }
    out[at++] = rest;
  }
  return out.subarray(0, at);
}

function bytesOf(array: Int32Array | BigInt64Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
