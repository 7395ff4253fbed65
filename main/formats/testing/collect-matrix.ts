import type { CsrChunk } from '../../dataset/csr-matrix.ts';

/** The chunks as they come, each checked for what `CsrMatrix` promises: order, sorted indices, no zeros, no duplicates. */
export async function* checkedChunks(chunks: AsyncIterable<CsrChunk>, nVar: number): AsyncGenerator<CsrChunk> {
  let nextObs = 0;
  for await (const chunk of chunks) {
    if (chunk.start !== nextObs) throw new Error(`chunk starts at ${chunk.start}, not ${nextObs}`);
    if (chunk.nVar !== nVar) throw new Error(`chunk has ${chunk.nVar} variables, not ${nVar}`);
    const { indptr, indices, values } = chunk;
    if (indptr.length !== chunk.nObs + 1 || indptr[0] !== 0) throw new Error('offsets do not fit');
    if (indptr[chunk.nObs] !== indices.length || indices.length !== values.length)
      throw new Error('lengths do not fit');
    for (let obs = 0; obs < chunk.nObs; obs++) {
      let last = -1;
      for (let i = indptr[obs]; i < indptr[obs + 1]; i++) {
        if (indices[i] <= last || indices[i] >= nVar) throw new Error(`index ${indices[i]} after ${last} of ${nVar}`);
        if (values[i] === 0 || !Number.isFinite(values[i])) throw new Error(`value ${values[i]}`);
        last = indices[i];
      }
    }
    yield chunk;
    nextObs += chunk.nObs;
  }
}

/** [nObs][nVar], zeros included. */
export async function collectRows(chunks: AsyncIterable<CsrChunk>, nVar: number): Promise<number[][]> {
  const rows: number[][] = [];
  for await (const { nObs, indptr, indices, values } of checkedChunks(chunks, nVar)) {
    for (let obs = 0; obs < nObs; obs++) {
      const row = new Array<number>(nVar).fill(0);
      for (let i = indptr[obs]; i < indptr[obs + 1]; i++) row[indices[i]] = values[i];
      rows.push(row);
    }
  }
  return rows;
}
