import { LacunaError } from '../errors/lacuna-error.ts';
import { createDenoisedReader } from '../methods/denoised/denoised-reader.ts';
import type { DenoisedModel } from '../methods/method.ts';
import type { ValueScale } from '../preprocess/expression-source.ts';
import { redoTransform } from '../preprocess/transform/redo-transform.ts';
import { unpackUndoFacts, type UndoArrays } from '../preprocess/transform/undo-arrays.ts';
import { undoTransform, type UndoFacts } from '../preprocess/transform/undo-transform.ts';
import type { Project, RunInfo } from '../projects/project.types.ts';
import { shownGene } from './shown-gene/shown-gene.ts';

/**
 * Denoised values of one gene for every observation of a run: [nObs of the run]. Quick enough for the window: a product
 * of the stored factors or a mean over neighbours of the one gene, without the tensor engine.
 *
 * @param gene position of the gene in the dataset
 * @throws LacunaError `not-found` when the run did not use this gene, `unsupported` for neighbours under noise
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
  const extras = project.runs.extras(runId) as unknown as UndoArrays;
  const facts = unpackUndoFacts(extras, varIndex.length, run.recipe.normalisation.log1p);
  const values =
    model.kind === 'neighbours'
      ? meanOfNeighbours(model, await measuredGene(project, run, gene, position, facts))
      : createDenoisedReader(model, { nObs: run.nObs ?? undefined }).gene(position);
  const rows = Uint32Array.from(values, (_, i) => i);
  undoTransform(facts, values, rows, scale, [position]);
  return values;
}

/** What the run was shown of one gene, as it saw it. */
async function measuredGene(
  project: Project,
  run: RunInfo,
  gene: number,
  position: number,
  facts: UndoFacts,
): Promise<Float32Array> {
  if (run.protocol.kind === 'gaussian-noise')
    throw new LacunaError(
      'unsupported',
      'This run averages neighbours whose values had noise on them, and the noise of one gene is not kept.',
      'Export its denoised matrix instead.',
    );
  const { shown } = await shownGene(project, run.id, gene, 'normalised');
  const { scale, clip } = run.recipe.normalisation;
  return redoTransform(shown, position, facts, scale === 'zscore' ? (clip ?? Infinity) : Infinity);
}

/** [nObs]; spots that were held out are nobody's neighbours. */
function meanOfNeighbours(
  { k, indices }: Extract<DenoisedModel, { kind: 'neighbours' }>,
  measured: Float32Array,
): Float32Array {
  const out = new Float32Array(indices.length / k);
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let n = 0; n < k; n++) sum += measured[indices[i * k + n]];
    out[i] = sum / k;
  }
  return out;
}
