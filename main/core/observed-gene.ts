import { LacunaError } from '../errors/lacuna-error.ts';
import type { ValueScale } from '../preprocess/expression-source.ts';
import { unpackUndoFacts, type UndoArrays } from '../preprocess/transform/undo-arrays.ts';
import type { Project } from '../projects/project.types.ts';

/**
 * One gene as measured for every observation of a run, on the scale of that run's denoised values, so that the two can
 * stand side by side: [nObs of the run]. Also for genes that the run itself did not use.
 *
 * @param gene position of the gene in the dataset
 * @param scale `counts` as stored, `normalised` times the cell's size factor, `log` the logarithm log(1 + that)
 * @throws LacunaError `not-found`; `bad-request` for the scale `model`, which only genes of the run have
 */
export function observedGene(project: Project, runId: number, gene: number, scale: ValueScale): Float32Array {
  if (scale === 'model') {
    throw new LacunaError(
      'bad-request',
      'Values as measured have no scale of the model.',
      'Choose log, normalised or counts.',
    );
  }
  const run = project.runs.get(runId);
  const { obsIndex, varIndex } = project.runs.axes(runId);
  const counts = project.datasets.gene(run.datasetId, gene);
  if (scale === 'counts') return Float32Array.from(obsIndex, (obs) => counts[obs]);
  const extras = project.runs.extras(runId) as unknown as UndoArrays;
  const { factor } = unpackUndoFacts(extras, varIndex.length, run.recipe.normalisation.log1p);
  return Float32Array.from(obsIndex, (obs, row) => {
    const normalised = counts[obs] * factor[row];
    return scale === 'log' ? Math.log1p(normalised) : normalised;
  });
}
