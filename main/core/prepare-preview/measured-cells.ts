import { setImmediate } from 'node:timers/promises';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Project } from '../../projects/project.types.ts';

/** Beyond this a sample stands for the dataset: the window must not hold gigabytes for a picture. */
const MOST_ENTRIES = 6_000_000;
/** Cells that are read together where only a sample is read; neighbours lie in one stored chunk. */
const RUN_LENGTH = 100;

/** A small dataset whole; of a large one, short runs of cells spread evenly over it. */
export async function measuredCells(
  project: Project,
  datasetId: number,
  task: LongTask = {},
): Promise<{ counts: CsrMatrix; nTotal: number }> {
  const { nObs, nVar, nnz } = project.datasets.get(datasetId);
  const wanted = nnz <= MOST_ENTRIES ? nObs : Math.max(RUN_LENGTH, Math.floor(nObs * (MOST_ENTRIES / nnz)));
  if (wanted >= nObs) return { counts: await project.datasets.load(datasetId, undefined, task), nTotal: nObs };
  const nRuns = Math.max(1, Math.floor(wanted / RUN_LENGTH));
  const pieces: CsrMatrix[] = [];
  for (let run = 0; run < nRuns; run++) {
    throwIfCancelled(task.signal);
    const start = Math.floor((run * (nObs - RUN_LENGTH)) / Math.max(nRuns - 1, 1));
    const end = Math.min(start + RUN_LENGTH, nObs);
    pieces.push(project.datasets.rows(datasetId, start, end));
    task.report?.({ stage: 'Reading a sample of the cells', fraction: run / nRuns });
    await setImmediate();
  }
  return { counts: joined(pieces, nVar), nTotal: nObs };
}

function joined(pieces: readonly CsrMatrix[], nVar: number): CsrMatrix {
  const nObs = pieces.reduce((sum, piece) => sum + piece.nObs, 0);
  const nnz = pieces.reduce((sum, piece) => sum + piece.indptr[piece.nObs], 0);
  const matrix = {
    nObs,
    nVar,
    indptr: new Uint32Array(nObs + 1),
    indices: new Uint32Array(nnz),
    values: new Float32Array(nnz),
  };
  let row = 0;
  let at = 0;
  for (const piece of pieces) {
    const n = piece.indptr[piece.nObs];
    matrix.indices.set(piece.indices.subarray(0, n), at);
    matrix.values.set(piece.values.subarray(0, n), at);
    for (let i = 1; i <= piece.nObs; i++) matrix.indptr[++row] = at + piece.indptr[i];
    at += n;
  }
  return matrix;
}
