import { LacunaError } from '../errors/lacuna-error.ts';
import type { DenseOutput } from '../methods/method.ts';
import type { ValueScale } from '../preprocess/expression-source.ts';
import { unpackUndoFacts, type UndoArrays } from '../preprocess/transform/undo-arrays.ts';
import { undoTransform } from '../preprocess/transform/undo-transform.ts';
import type { Project } from '../projects/project.types.ts';

/**
 * One gene between the spots, as a `super-resolve` job stored it: [n, nDim + 2], a line for each place with its
 * coordinates, the nearest observation of the run, and the value. Counts are those of the nearest spot's depth.
 *
 * @param gene position of the gene in the dataset
 * @throws LacunaError `not-found` while no such job was done
 */
export function finerGene(
  project: Project,
  runId: number,
  gene: number,
  factor: number,
  scale: ValueScale,
): DenseOutput {
  const stored = project.runs.finer(runId, gene, factor);
  const run = project.runs.get(runId);
  const { varIndex } = project.runs.axes(runId);
  if (stored === null)
    throw new LacunaError('not-found', `${run.name} has not predicted this gene between the spots yet.`, '');
  const width = stored.nDim;
  const n = stored.values.length / width;
  const nearest = Uint32Array.from({ length: n }, (_, i) => stored.values[i * width + width - 2]);
  const values = Float32Array.from({ length: n }, (_, i) => stored.values[i * width + width - 1]);
  const extras = project.runs.extras(runId) as unknown as UndoArrays;
  const facts = unpackUndoFacts(extras, varIndex.length, run.recipe.normalisation.log1p);
  undoTransform(facts, values, nearest, scale, [varIndex.indexOf(gene)]);
  const rows = stored.values.slice();
  for (let i = 0; i < n; i++) rows[i * width + width - 1] = values[i];
  return { nDim: width, values: rows };
}
