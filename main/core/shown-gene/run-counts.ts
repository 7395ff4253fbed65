import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { takeCsr } from '../../preprocess/filter/take-csr.ts';
import { Pacer } from '../../preprocess/pacer.ts';
import type { Project } from '../../projects/project.types.ts';

/** Observations read at once. */
const CHUNK = 4096;

/** Some observations of a run, one after the other, with the counts of the run's genes. */
export interface RunCounts {
  /** Place in the run of the first. */
  first: number;
  /** Positions in the dataset. */
  obsIndex: Uint32Array;
  /** [obsIndex, nVar of the run] */
  counts: CsrMatrix;
}

/** The counts of a run as measured, a few thousand observations at a time: however large the dataset, memory stays flat. */
export async function* runCounts(project: Project, runId: number): AsyncGenerator<RunCounts> {
  const { datasetId } = project.runs.get(runId);
  const { obsIndex, varIndex } = project.runs.axes(runId);
  const { nObs } = project.datasets.get(datasetId);
  const pacer = new Pacer({});
  for (let start = 0, first = 0; start < nObs; start += CHUNK) {
    const end = Math.min(nObs, start + CHUNK);
    let last = first;
    while (last < obsIndex.length && obsIndex[last] < end) last++;
    if (last > first) {
      const chosen = obsIndex.slice(first, last);
      const rows = project.datasets.rows(datasetId, start, end);
      const local = chosen.map((obs) => obs - start);
      yield { first, obsIndex: chosen, counts: await takeCsr(rows, local, varIndex, pacer) };
    }
    first = last;
  }
}

/** The value of one variable in a row of a matrix, and where it is stored; -1 where it is 0. */
export function entryOf(counts: CsrMatrix, row: number, variable: number): number {
  for (let k = counts.indptr[row]; k < counts.indptr[row + 1]; k++) if (counts.indices[k] === variable) return k;
  return -1;
}
