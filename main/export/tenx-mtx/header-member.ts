import { gzipSync } from 'node:zlib';

/** Room for the comment and the three numbers of the size line. */
const HEADER_BYTES = 512;

/**
 * The head of a Matrix Market file as a gzip member of its own, always of the same size.
 *
 * The number of entries stands before the entries but is known only after them. A gzip file may consist of several
 * members, so the head is written first with a guess, uncompressed inside its member and padded in the comment line,
 * and is replaced in place at the end: one pass over the data instead of two.
 *
 * @param field `integer` for counts, `real` otherwise
 */
export function headerMember(field: 'integer' | 'real', nVar: number, nObs: number, nnz: number): Buffer {
  const first = `%%MatrixMarket matrix coordinate ${field} general\n`;
  const sizes = `${nVar} ${nObs} ${nnz}\n`;
  const comment = '%metadata_json: {"software_version": "Lacuna", "format_version": 2}';
  const padding = HEADER_BYTES - first.length - sizes.length - comment.length - 1;
  return gzipSync(`${first}${comment}${' '.repeat(padding)}\n${sizes}`, { level: 0 });
}
