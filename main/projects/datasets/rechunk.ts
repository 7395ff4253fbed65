import type { CsrChunk } from '../../dataset/csr-matrix.ts';

/** Entries of a stored chunk: 2 MiB as CSR. */
const targetEntries = 256 * 1024;
/** Bounds a chunk of observations that are almost empty. */
const targetObs = 16 * 1024;

/** Cuts and joins what a reader streams into chunks of about the same size. Order and content stay. */
export async function* rechunk(
  chunks: AsyncIterable<CsrChunk>,
  entries = targetEntries,
  obs = targetObs,
): AsyncGenerator<CsrChunk> {
  let held: CsrChunk[] = [];
  let heldEntries = 0;
  let heldObs = 0;
  for await (const chunk of chunks) {
    for (const piece of cut(chunk, entries, obs)) {
      if (held.length > 0 && (heldEntries + piece.indices.length > entries || heldObs + piece.nObs > obs)) {
        yield join(held);
        held = [];
        heldEntries = heldObs = 0;
      }
      held.push(piece);
      heldEntries += piece.indices.length;
      heldObs += piece.nObs;
    }
  }
  if (held.length > 0) yield join(held);
}

/** Pieces of at most `entries` entries, one observation at least. They share the chunk's memory. */
function* cut(chunk: CsrChunk, entries: number, obs: number): Generator<CsrChunk> {
  let from = 0;
  while (from < chunk.nObs) {
    let to = from + 1;
    while (to < chunk.nObs && chunk.indptr[to + 1] - chunk.indptr[from] <= entries && to - from < obs) to++;
    const begin = chunk.indptr[from];
    const end = chunk.indptr[to];
    yield {
      start: chunk.start + from,
      nObs: to - from,
      nVar: chunk.nVar,
      indptr: chunk.indptr.slice(from, to + 1).map((offset) => offset - begin),
      indices: chunk.indices.subarray(begin, end),
      values: chunk.values.subarray(begin, end),
    };
    from = to;
  }
}

function join(pieces: CsrChunk[]): CsrChunk {
  if (pieces.length === 1) return pieces[0];
  const nObs = pieces.reduce((sum, piece) => sum + piece.nObs, 0);
  const nnz = pieces.reduce((sum, piece) => sum + piece.indices.length, 0);
  const joined: CsrChunk = {
    start: pieces[0].start,
    nObs,
    nVar: pieces[0].nVar,
    indptr: new Uint32Array(nObs + 1),
    indices: new Uint32Array(nnz),
    values: new Float32Array(nnz),
  };
  let at = 0;
  let row = 0;
  for (const piece of pieces) {
    joined.indices.set(piece.indices, at);
    joined.values.set(piece.values, at);
    for (let i = 0; i < piece.nObs; i++) joined.indptr[++row] = at + piece.indptr[i + 1];
    at += piece.indices.length;
  }
  return joined;
}
