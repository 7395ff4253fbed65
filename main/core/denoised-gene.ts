import { LacunaError } from '../errors/lacuna-error.ts';
import { createDenoisedReader } from '../methods/denoised/denoised-reader.ts';
import type { ValueScale } from '../preprocess/expression-source.ts';
import { unpackUndoFacts, type UndoArrays } from '../preprocess/transform/undo-arrays.ts';
import { undoTransform } from '../preprocess/transform/undo-transform.ts';
import type { Project } from '../projects/project.types.ts';

/**
 * Denoised values of one gene for every observation of a run: [nObs of the run]. Quick enough for the window: a product
 * of the stored factors, without the counts and without the tensor engine.
 *
 * @param gene position of the gene in the dataset
 * @throws LacunaError `not-found` when the run did not use this gene, `unsupported` for a run that predicts from
 *   neighbours (that needs the counts; export it instead)
 */
export async function denoisedGene(
  project: Project,
  runId: number,
  gene: number,
  scale: ValueScale,
): Promise<Float32Array> {
  const run = project.runs.get(runId);
  const { varIndex } = project.runs.axes(runId);
  const position = varIndex.indexOf(gene);
  if (position === -1) {
    throw new LacunaError(
      'not-found',
      `Run ${runId} (${run.name}) did not use this gene, so it has no denoised values of it.`,
      'It was filtered out, or is not among the variable genes. Train a run on all genes to see it.',
    );
  }
  const model = project.runs.denoised(runId);
  if (model.kind === 'neighbours') {
    throw new LacunaError(
      'unsupported',
      'This run averages neighbours, which needs the counts.',
      'Export its denoised matrix instead.',
    );
  }
  const values = createDenoisedReader(model, { nObs: run.nObs ?? undefined }).gene(position);
  const extras = project.runs.extras(runId) as unknown as UndoArrays;
  const facts = unpackUndoFacts(extras, varIndex.length, run.recipe.normalisation.log1p);
  const rows = Uint32Array.from(values, (_, i) => i);
  undoTransform(facts, values, rows, scale, [position]);
  return values;
}
