import { LacunaError } from '../../errors/lacuna-error.ts';
import { centredLogRatio, type ProteinScale } from '../../preprocess/proteins/centred-log-ratio.ts';
import type { Project } from '../../projects/project.types.ts';

/**
 * One protein over all observations of a dataset: [nObs], NaN where it was not measured.
 *
 * @throws LacunaError `not-found`; `unsupported` for the centred log-ratio of values that are negative in places
 */
export function proteinValues(project: Project, datasetId: number, protein: number, scale: ProteinScale): Float32Array {
  const { datasets } = project;
  const values = datasets.modalityFeature(datasetId, 'protein', protein);
  if (scale === 'counts') return values;
  const info = datasets.get(datasetId).modalities.find(({ name }) => name === 'protein');
  if (info?.valueKind === 'real')
    throw new LacunaError(
      'unsupported',
      'The stored values of the proteins are negative in places, so a centred log-ratio cannot be taken.',
      'They were probably normalised before: show them as they are stored.',
    );
  return centredLogRatio(values, datasets.modalityMeanLog(datasetId, 'protein'));
}
