import type { MatrixSource } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { addObsQuality, emptyObsQuality, type ObsQuality } from './obs-quality.ts';
import { addVarQuality, emptyVarQuality, type VarQuality } from './var-quality.ts';

/** A matrix that is read once from its beginning to its end; see `MatrixSource`. */
export interface StreamedMatrix {
  nObs: number;
  nVar: number;
  chunks: MatrixSource['chunks'];
}

/**
 * Measures observations in one pass over a streamed matrix.
 *
 * @param mitochondrial [nVar], from `findMitochondrial`
 * @throws LacunaError `cancelled`, and what the stream throws
 */
export async function measureObs(
  matrix: StreamedMatrix,
  mitochondrial: Uint8Array,
  task: LongTask = {},
): Promise<ObsQuality> {
  const quality = emptyObsQuality(matrix.nObs);
  const tell = reporter('Measuring cells', matrix.nObs, task);
  for await (const chunk of matrix.chunks(task.signal)) {
    addObsQuality(quality, chunk, mitochondrial);
    tell(chunk.start + chunk.nObs);
  }
  return quality;
}

/** Measures variables in one pass over the observations whose flag in `keptObs` is set (left out: all). */
export async function measureVar(
  matrix: StreamedMatrix,
  keptObs?: Uint8Array,
  task: LongTask = {},
): Promise<VarQuality> {
  const quality = emptyVarQuality(matrix.nVar);
  const tell = reporter('Measuring genes', matrix.nObs, task);
  for await (const chunk of matrix.chunks(task.signal)) {
    addVarQuality(quality, chunk, keptObs);
    tell(chunk.start + chunk.nObs);
  }
  return quality;
}

/** Hears cancel at every chunk, and reports at most ten times a second. */
function reporter(stage: string, nObs: number, { signal, report }: LongTask): (done: number) => void {
  let last = -Infinity;
  return (done) => {
    throwIfCancelled(signal);
    const now = performance.now();
    if (now - last < 100) return;
    last = now;
    report?.({ stage, fraction: done / nObs });
  };
}
