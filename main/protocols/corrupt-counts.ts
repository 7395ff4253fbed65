import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import { Random } from '../engine/random/random.ts';

/** Every nonzero entry is dropped with probability `mutedShare`; which ones follows from the seed and the spot. */
export function muteEntries(
  matrix: CsrMatrix,
  obsIndex: Uint32Array,
  { mutedShare, seed }: { mutedShare: number; seed: number },
): CsrMatrix {
  return perEntry(matrix, obsIndex, seed, 'muted entries', (value, random) =>
    random.uniform() < mutedShare ? 0 : value,
  );
}

/** Every counted molecule stays with probability `keptShare`: binomial thinning. */
export function thinCounts(
  matrix: CsrMatrix,
  obsIndex: Uint32Array,
  { keptShare, seed }: { keptShare: number; seed: number },
): CsrMatrix {
  return perEntry(matrix, obsIndex, seed, 'thinned counts', (value, random) => {
    let kept = 0;
    for (let molecule = 0; molecule < value; molecule++) if (random.uniform() < keptShare) kept++;
    return kept;
  });
}

/** A stream for every spot, so that what becomes of a spot does not depend on which others are there. */
function perEntry(
  matrix: CsrMatrix,
  obsIndex: Uint32Array,
  seed: number,
  purpose: string,
  change: (value: number, random: Random) => number,
): CsrMatrix {
  const { nObs, nVar, indptr, indices, values } = matrix;
  const out = { nObs, nVar, indptr: new Uint32Array(nObs + 1), indices: indices.slice(), values: values.slice() };
  let next = 0;
  for (let i = 0; i < nObs; i++) {
    const random = Random.from(seed, `${purpose} ${obsIndex[i]}`);
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const value = change(values[k], random);
      if (value === 0) continue;
      out.indices[next] = indices[k];
      out.values[next++] = value;
    }
    out.indptr[i + 1] = next;
  }
  return { ...out, indices: out.indices.slice(0, next), values: out.values.slice(0, next) };
}
