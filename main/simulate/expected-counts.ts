import type { CellFacts } from './cell-facts.ts';
import { N_STATES, type GeneProgrammes } from './gene-programmes.ts';

/**
 * Writes the expected counts μ of one cell, before dropout, into `out` [nVar]: its type's profile (on the way to
 * another type, or near a border in tissue, a mixture of two), times its states and its batch, scaled to its library size.
 */
export function expectedCounts(cell: number, cells: CellFacts, genes: GeneProgrammes, out: Float64Array): void {
  const nVar = out.length;
  const { profiles, states, batchFactor } = genes;
  const type = cells.type[cell] * nVar;
  const share = cells.neighbourShare[cell];
  if (share > 0) {
    const other = cells.neighbour[cell] * nVar;
    for (let j = 0; j < nVar; j++) out[j] = (1 - share) * profiles[type + j] + share * profiles[other + j];
  } else {
    for (let j = 0; j < nVar; j++) out[j] = profiles[type + j];
  }
  for (let s = 0; s < N_STATES; s++) {
    const activity = cells.states[cell * N_STATES + s];
    const { genes: members, loading } = states[s];
    for (let k = 0; k < members.length; k++) out[members[k]] *= Math.exp(activity * loading[k]);
  }
  const batch = cells.batch[cell] * nVar;
  let total = 0;
  for (let j = 0; j < nVar; j++) total += out[j] *= batchFactor[batch + j];
  const factor = cells.librarySize[cell] / total;
  for (let j = 0; j < nVar; j++) out[j] *= factor;
}
