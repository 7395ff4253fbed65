import type { CsrChunk } from '../../dataset/csr-matrix.ts';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import { ChunkBuilder } from '../cleaning/chunk-builder.ts';
import type { CleaningRules } from '../cleaning/chunk-builder.ts';
import { eventLoopTurn } from '../event-loop-turn.ts';
import type { GridPartition, GroupRecords } from './grid-partition.ts';
import { largest } from './molecules.ts';

/**
 * The matrix of a partition: an observation for every occupied place of the grid, row by row, the molecules of each gene
 * summed up.
 *
 * @param geneOrder [nGenes], the variable that a gene of the file becomes
 * @throws LacunaError `cancelled`; `bad-file` when a sum is beyond what is kept exactly
 */
export async function* sortedChunks(
  partition: GridPartition,
  geneOrder: Uint32Array,
  rules: CleaningRules,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  const sorter = new RecordSorter(geneOrder);
  let builder = new ChunkBuilder(0, rules);
  for (const group of partition.groups()) {
    throwIfCancelled(signal);
    await eventLoopTurn();
    const nPoints = (group.endRow - group.firstRow) * (group.endColumn - group.firstColumn);
    const { genes, counts, ends } = sorter.sort(partition.read(group), nPoints);
    for (let point = 0, from = 0; point < nPoints; point++) {
      const end = ends[point];
      if (end === from) continue;
      const merged = mergeGenes(genes, counts, from, end, rules);
      if (builder.isFull(merged - from)) {
        const chunk = builder.finish();
        yield chunk;
        throwIfCancelled(signal);
        builder = new ChunkBuilder(chunk.start + chunk.nObs, rules);
      }
      builder.append(genes, counts, from, merged);
      from = end;
    }
  }
  if (builder.nObs > 0) yield builder.finish();
}

/** Sorts the records of one group after the other, in arrays that are used again. */
class RecordSorter {
  #ends = new Uint32Array(0);
  #genes = new Uint32Array(0);
  #counts = new Uint32Array(0);
  readonly #geneOrder: Uint32Array;

  constructor(geneOrder: Uint32Array) {
    this.#geneOrder = geneOrder;
  }

  /** Records by place, within a place by variable; `ends[p]` is where those of place p end. */
  sort(records: GroupRecords, nPoints: number): { genes: Uint32Array; counts: Uint32Array; ends: Uint32Array } {
    const { length: n, points, genes, counts } = records;
    const geneOrder = this.#geneOrder;
    let ascending = true;
    for (let i = 0, last = 0; i < n; i++) {
      const variable = geneOrder[genes[i]];
      genes[i] = variable;
      if (variable < last) ascending = false;
      last = variable;
    }
    // Files sorted by gene, as most are, need one counting sort; others two, the second of which keeps the order.
    const byGene = ascending ? null : placesInOrder(genes.subarray(0, n), geneOrder.length);
    this.#reserve(n, nPoints);
    const next = this.#ends.fill(0, 0, nPoints + 1);
    for (let i = 0; i < n; i++) next[points[i] + 1]++;
    for (let p = 0; p < nPoints; p++) next[p + 1] += next[p];
    const sortedGenes = this.#genes;
    const sortedCounts = this.#counts;
    for (let k = 0; k < n; k++) {
      const i = byGene === null ? k : byGene[k];
      const at = next[points[i]]++;
      sortedGenes[at] = genes[i];
      sortedCounts[at] = counts[i];
    }
    // Each start has moved to its end.
    return { genes: sortedGenes, counts: sortedCounts, ends: next };
  }

  #reserve(n: number, nPoints: number): void {
    if (n > this.#genes.length) {
      this.#genes = new Uint32Array(n);
      this.#counts = new Uint32Array(n);
    }
    if (nPoints + 1 > this.#ends.length) this.#ends = new Uint32Array(nPoints + 1);
  }
}

/** The places of `keys` in ascending order of the keys; equal ones keep theirs. */
function placesInOrder(keys: Uint32Array, nKeys: number): Uint32Array {
  const next = new Uint32Array(nKeys + 1);
  for (const key of keys) next[key + 1]++;
  for (let key = 0; key < nKeys; key++) next[key + 1] += next[key];
  const places = new Uint32Array(keys.length);
  for (let i = 0; i < keys.length; i++) places[next[keys[i]]++] = i;
  return places;
}

/** Sums neighbours of the same variable in place. @returns the new end */
function mergeGenes(genes: Uint32Array, counts: Uint32Array, from: number, to: number, rules: CleaningRules): number {
  let at = from;
  for (let i = from + 1; i < to; i++) {
    if (genes[i] === genes[at]) {
      counts[at] += counts[i];
      if (counts[at] > largest.count) throw tooMany(rules, genes[at]);
    } else {
      at++;
      genes[at] = genes[i];
      counts[at] = counts[i];
    }
  }
  return at + 1;
}

function tooMany(rules: CleaningRules, variable: number): LacunaError {
  return new LacunaError(
    'bad-file',
    `${rules.file} has more than ${largest.count.toLocaleString('en-US')} molecules of ${rules.varName(variable)} in one place, which no chip can hold.`,
    'Check the counts of the file, or choose smaller bins.',
    { file: rules.file, gene: rules.varName(variable) },
  );
}
