import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import type { ObsmArray, ValueKind } from '../../dataset/dataset-source.ts';
import type { FoundModality } from '../found-dataset.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { readDataFrame } from './dataframe.ts';

/** What scvi-tools (totalVI) and CITE-seq tutorials call the array. */
const PROTEIN_ARRAY = /^(protein(s|_expression|_counts)?|adt|antibody_capture)$/i;
/** Lists of names in `uns` that go with an array without any. */
const NAME_LISTS = ['protein_names', 'adt_names'];
/** Observations of a chunk; arrays of obsm are in memory already. */
const BLOCK = 4096;

/**
 * Proteins that lie in `obsm`, as scvi-tools keeps them: a table with a column for each, or an array whose names stand
 * in `uns/protein_names`. Null where there are none; the array then stays what it is.
 */
export function proteinsInObsm(
  file: Hdf5File,
  arrays: readonly ObsmArray[],
): { array: ObsmArray; modality: FoundModality } | null {
  const array = arrays.find(({ name }) => PROTEIN_ARRAY.test(name));
  if (array === undefined) return null;
  const names = namesOf(file, array);
  if (names?.length !== array.nDim || new Set(names).size !== names.length) return null;
  if (array.values.some((value) => !Number.isFinite(value))) return null;
  const valueKind = kindOf(array.values);
  const modality: FoundModality = {
    name: 'protein',
    var: { names, columns: [{ kind: 'string', name: 'gene_id', values: names }] },
    matrix: { name: 'protein', nnz: 0, valueKind, valuesSampled: 0, chunks: () => chunksOf(array) },
  };
  return { array, modality };
}

function namesOf(file: Hdf5File, { name }: ObsmArray): string[] | null {
  if (file.kind(`obsm/${name}`) === 'group')
    return readDataFrame(file, `obsm/${name}`).columns.map((column) => column.name);
  for (const list of NAME_LISTS) {
    const place = `uns/${list}`;
    if (file.kind(place) === 'dataset' && file.info(place).kind === 'string') return file.readStrings(place);
  }
  return null;
}

function kindOf(values: Float64Array): ValueKind {
  if (values.some((value) => value < 0)) return 'real';
  return values.every((value) => Number.isInteger(value)) ? 'counts' : 'nonnegative';
}

async function* chunksOf({ values, nDim }: ObsmArray): AsyncGenerator<CsrChunk> {
  const nObs = values.length / nDim;
  for (let start = 0; start < nObs; start += BLOCK) {
    const rows = Math.min(BLOCK, nObs - start);
    const indptr = new Uint32Array(rows + 1);
    const indices: number[] = [];
    const entries: number[] = [];
    for (let i = 0; i < rows; i++) {
      for (let d = 0; d < nDim; d++) {
        const value = values[(start + i) * nDim + d];
        if (value === 0) continue;
        indices.push(d);
        entries.push(value);
      }
      indptr[i + 1] = indices.length;
    }
    yield {
      start,
      nObs: rows,
      nVar: nDim,
      indptr,
      indices: Uint32Array.from(indices),
      values: Float32Array.from(entries),
    };
  }
}
