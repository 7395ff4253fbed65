import type { ModalitySource } from '../../dataset/dataset-source.ts';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import { meanLogPerCell } from '../../preprocess/proteins/centred-log-ratio.ts';
import { breathe } from './breathe.ts';
import { checkChunk } from './check-source.ts';
import type { ReadModality } from './modality-store.ts';

/** Panels have a few hundred antibodies; what has more is not kept dense. */
const MOST_FEATURES = 4096;
/** Values held at once while a modality is read: 1 GiB. */
const MOST_VALUES = 256 * 1024 * 1024;

/**
 * Reads a modality completely, feature by feature over the observations of its dataset. Observations that it lacks, and
 * its own that the dataset lacks, are no error: the caller says how many fit.
 *
 * @param nObs observations of the dataset
 * @throws LacunaError `bad-file`, `unsupported` for far too many features, `cancelled`
 */
export async function readModality(
  modality: ModalitySource,
  nObs: number,
  signal: AbortSignal | undefined,
  report: (fraction: number) => void,
): Promise<ReadModality> {
  const { matrix, obsOf } = modality;
  const nVar = modality.var.names.length;
  const nSource = modality.obsNames.length;
  if (nVar > MOST_FEATURES || nVar * nObs > MOST_VALUES)
    throw new LacunaError(
      'unsupported',
      `${nVar.toLocaleString('en-US')} features × ${nObs.toLocaleString('en-US')} cells are too many for proteins; at most ${MOST_FEATURES.toLocaleString('en-US')} features are kept beside the genes.`,
      'Check that the file holds proteins and not genes.',
    );
  const measured = new Uint8Array(nObs);
  for (let i = 0; i < nSource; i++) {
    const obs = obsOf === null ? i : obsOf[i];
    if (obs >= 0) measured[obs] = 1;
  }
  const features = Array.from({ length: nVar }, () => Float32Array.from(measured, (is) => (is === 1 ? 0 : NaN)));
  const source = {
    name: modality.name,
    nObs: nSource,
    nVar,
    obs: { names: [...modality.obsNames], columns: [] },
    var: modality.var,
  };
  let next = 0;
  for await (const chunk of matrix.chunks(signal)) {
    throwIfCancelled(signal);
    checkChunk(chunk, { source, matrix, next });
    await breathe(signal);
    for (let row = 0; row < chunk.nObs; row++) {
      const obs = obsOf === null ? next + row : obsOf[next + row];
      if (obs < 0) continue;
      for (let i = chunk.indptr[row]; i < chunk.indptr[row + 1]; i++) features[chunk.indices[i]][obs] = chunk.values[i];
    }
    next += chunk.nObs;
    report(next / nSource);
  }
  if (next !== nSource)
    throw new LacunaError(
      'truncated-file',
      `The ${modality.name} matrix ends after ${next} of ${nSource} observations.`,
      'Copy the file again, then import it again. Nothing was stored.',
    );
  return {
    name: modality.name,
    valueKind: matrix.valueKind,
    var: modality.var,
    features,
    meanLog: meanLogPerCell(features),
    nMeasured: measured.reduce((sum, is) => sum + is, 0),
    provenance: modality.provenance,
  };
}
