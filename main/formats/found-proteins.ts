import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { ValueKind } from '../dataset/dataset-source.ts';
import { cleanAxis } from './cleaning/clean-axis.ts';
import type { FoundModality } from './found-dataset.ts';
import { placesOf } from './kept-features.ts';

/** Streams the features of a file whose place is not -1. @param varMap [n of the file] */
export type FeatureStream = (varMap: Int32Array | null, signal?: AbortSignal) => AsyncIterable<CsrChunk>;

/**
 * The modality `protein` of a file that holds proteins among its genes; empty where it holds none. The file is read
 * once more for it while it is imported: there are few proteins, and the genes stream without them.
 *
 * @param features all of the file
 * @param proteins places in the file of the proteins to keep
 */
export function foundProteins(
  features: { names: readonly string[]; ids: readonly string[] },
  proteins: Int32Array,
  valueKind: ValueKind,
  stream: FeatureStream,
): FoundModality[] {
  if (proteins.length === 0) return [];
  const ids = Array.from(proteins, (i) => features.ids[i]);
  const { table } = cleanAxis(
    {
      names: Array.from(proteins, (i) => features.names[i]),
      ids,
      columns: [{ kind: 'string', name: 'gene_id', values: ids }],
    },
    'gene',
  );
  const varMap = placesOf(proteins, features.names.length);
  return [
    {
      name: 'protein',
      var: table,
      // Entries are not counted apart: an inspection shows how many proteins there are, no more.
      matrix: { name: 'protein', nnz: 0, valueKind, valuesSampled: 0, chunks: (signal) => stream(varMap, signal) },
    },
  ];
}
