import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ValueScale } from '../../preprocess/expression-source.ts';
import { redoTransform } from '../../preprocess/transform/redo-transform.ts';
import { unpackUndoFacts, type UndoArrays } from '../../preprocess/transform/undo-arrays.ts';
import { undoTransform, type UndoFacts } from '../../preprocess/transform/undo-transform.ts';
import type { Project, RunInfo } from '../../projects/project.types.ts';
import { protocolOf } from '../../protocols/protocol.ts';
import { observedGene } from '../observed-gene.ts';
import { mutedIn } from './muted-gene.ts';
import { noiseOfGene } from './noise-of-gene.ts';
import { thinnedGene } from './thinned-gene.ts';

/** One gene of a run as the method was shown it, and as it really is: each [nObs of the run]. */
export interface ShownGene {
  /** NaN where the spot was held out. */
  shown: Float32Array;
  truth: Float32Array;
}

/**
 * What the protocol of a run did to one gene. Masks are the stored ones; noise and thinning are drawn again from the
 * seed. Values are in the unit of the run's denoised ones.
 *
 * @param gene position of the gene in the dataset
 * @throws LacunaError `not-found` for a gene that the run did not use, `unsupported` where the corruption cannot be
 *   repeated, `bad-request` for the scale `model`
 */
export async function shownGene(project: Project, runId: number, gene: number, scale: ValueScale): Promise<ShownGene> {
  const run = project.runs.get(runId);
  const protocol = protocolOf(run.protocol);
  const truth = observedGene(project, runId, gene, scale);
  switch (protocol.kind) {
    case 'clustering':
      return { shown: truth, truth };
    case 'likelihood':
    case 'spatial-imputation': {
      const heldOut = project.runs.heldOut(runId)?.obs;
      return { shown: truth.map((value, row) => (heldOut?.[row] ? NaN : value)), truth };
    }
    case 'gene-imputation': {
      const muted = await mutedIn(project, runId, positionOf(project, run, gene));
      return { shown: truth.map((value, row) => (muted[row] ? 0 : value)), truth };
    }
    case 'gaussian-noise': {
      const position = positionOf(project, run, gene);
      const facts = factsOf(project, run);
      const noise = await noiseOfGene(project.runs.axes(runId).obsIndex, position, protocol);
      const shown = redoTransform(observedGene(project, runId, gene, 'normalised'), position, facts, clipOf(run));
      for (let row = 0; row < shown.length; row++) shown[row] += noise[row];
      const rows = Uint32Array.from(shown, (_, row) => row);
      undoTransform(facts, shown, rows, scale, [position]);
      return { shown, truth };
    }
    case 'thinning':
      return thinned(project, run, gene, scale, protocol);
  }
}

async function thinned(
  project: Project,
  run: RunInfo,
  gene: number,
  scale: ValueScale,
  protocol: { keptShare: number; seed: number },
): Promise<ShownGene> {
  if (run.recipe.normalisation.variableGenes !== null)
    throw new LacunaError(
      'unsupported',
      'The thinned counts of a run on variable genes are not kept, so they cannot be shown.',
      'Run the benchmark with a recipe that uses all genes to see them.',
    );
  const found = await thinnedGene(project, run.id, positionOf(project, run, gene), protocol);
  const { factor } = factsOf(project, run);
  // The run's factors are those of the thinned counts; what all spots are scaled to is the same for both.
  const any = found.thinned.librarySize.findIndex((size, row) => size > 0 && factor[row] > 0);
  const scaled = run.recipe.normalisation.librarySize !== 'none' && any !== -1;
  const target = scaled ? factor[any] * found.thinned.librarySize[any] : 0;
  const onScale = ({ counts, librarySize }: { counts: Float32Array; librarySize: Float64Array }) =>
    counts.map((count, row) => {
      if (scale === 'counts') return count;
      const normalised = !scaled ? count : librarySize[row] > 0 ? (count * target) / librarySize[row] : 0;
      return scale === 'log' ? Math.log1p(normalised) : normalised;
    });
  return { shown: onScale(found.thinned), truth: onScale(found.truth) };
}

function positionOf(project: Project, run: RunInfo, gene: number): number {
  const position = project.runs.axes(run.id).varIndex.indexOf(gene);
  if (position !== -1) return position;
  throw new LacunaError(
    'not-found',
    `Run ${run.id} (${run.name}) did not use this gene, so it was shown nothing of it.`,
    'It was filtered out, or is not among the variable genes. Choose another gene.',
  );
}

function factsOf(project: Project, run: RunInfo): UndoFacts {
  const extras = project.runs.extras(run.id) as unknown as UndoArrays;
  return unpackUndoFacts(extras, project.runs.axes(run.id).varIndex.length, run.recipe.normalisation.log1p);
}

function clipOf({ recipe: { normalisation } }: RunInfo): number {
  return normalisation.scale === 'zscore' ? (normalisation.clip ?? Infinity) : Infinity;
}
