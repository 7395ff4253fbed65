import type { CsrChunk, CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { DatasetSource, ValueKind } from '../../dataset/dataset-source.ts';

/** Small reproducible random numbers for made data: Mulberry32. */
export function madeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Random counts [nObs, nVar]: entry by entry nonzero with probability `density`, mostly ones and twos. */
export function madeMatrix(
  nObs: number,
  nVar: number,
  density: number,
  seed: number,
  kind: ValueKind = 'counts',
): CsrMatrix {
  const random = madeRandom(seed);
  const indptr = new Uint32Array(nObs + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let obs = 0; obs < nObs; obs++) {
    // Skipping by geometric steps makes the work follow the entries, not the cells of the matrix.
    for (let v = step(random, density); v < nVar; v += 1 + step(random, density)) {
      indices.push(v);
      const count = 1 + Math.floor(-Math.log(1 - random()) * 1.5);
      values.push(kind === 'counts' ? count : kind === 'real' ? count * (random() - 0.5) || 1 : count * random() || 1);
    }
    indptr[obs + 1] = indices.length;
  }
  return { nObs, nVar, indptr, indices: Uint32Array.from(indices), values: Float32Array.from(values) };
}

function step(random: () => number, density: number): number {
  return Math.floor(Math.log(1 - random()) / Math.log(1 - density));
}

/** Streams a matrix in chunks of `obsPerChunk` observations. */
export async function* inChunks(matrix: CsrMatrix, obsPerChunk: number): AsyncGenerator<CsrChunk> {
  for (let start = 0; start < matrix.nObs; start += obsPerChunk)
    yield slice(matrix, start, Math.min(start + obsPerChunk, matrix.nObs));
}

/** Observations `[start, end)` of a matrix. */
export function slice(matrix: CsrMatrix, start: number, end: number): CsrChunk {
  const begin = matrix.indptr[start];
  return {
    start,
    nObs: end - start,
    nVar: matrix.nVar,
    indptr: matrix.indptr.slice(start, end + 1).map((offset) => offset - begin),
    indices: matrix.indices.slice(begin, matrix.indptr[end]),
    values: matrix.values.slice(begin, matrix.indptr[end]),
  };
}

/** A source of made counts with labels, a number, a text and coordinates for every observation. */
export function madeSource(matrix: CsrMatrix, changes: Partial<DatasetSource> = {}): DatasetSource {
  const { nObs, nVar } = matrix;
  const random = madeRandom(7);
  return {
    name: 'made',
    nObs,
    nVar,
    obs: {
      names: Array.from({ length: nObs }, (_, i) => `cell-${i}`),
      columns: [
        {
          kind: 'categorical',
          name: 'type',
          codes: Int32Array.from({ length: nObs }, (_, i) => (i % 4) - 1),
          categories: ['B', 'T', 'NK µ'],
          ordered: false,
        },
        {
          kind: 'numeric',
          name: 'area',
          values: Float64Array.from({ length: nObs }, (_, i) => (i === 0 ? NaN : random())),
        },
        {
          kind: 'string',
          name: 'note',
          values: Array.from({ length: nObs }, (_, i) => (i % 2 === 0 ? '' : `\u{1f9ec} ${i}`)),
        },
      ],
    },
    var: {
      names: Array.from({ length: nVar }, (_, i) => `GENE${i}`),
      columns: [{ kind: 'string', name: 'gene_id', values: Array.from({ length: nVar }, (_, i) => `ENSG${i}`) }],
    },
    obsm: [
      { name: 'spatial', nDim: 2, unit: 'µm', values: Float64Array.from({ length: 2 * nObs }, () => 1000 * random()) },
    ],
    matrices: [{ name: 'X', valueKind: 'counts', chunks: () => inChunks(matrix, 37) }],
    provenance: { format: 'made', warnings: [] },
    close() {},
    ...changes,
  };
}
