import type { CountValues } from '../../contract/entities/count-values.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { countModelOf, type CountModel } from '../../methods/counts/count-model.ts';
import { correctedModel } from '../../methods/counts/corrected-model.ts';
import { entryHead, entryTheta, logRateOf, zeroProbability } from '../../methods/counts/entry-values.ts';
import { medianSize } from '../../methods/counts/rate-model.ts';
import { createDenoisedReader } from '../../methods/denoised/denoised-reader.ts';
import type { DenoisedModel, DenseOutput } from '../../methods/method.ts';
import type { ValueScale } from '../../preprocess/expression-source.ts';
import { unpackUndoFacts, type UndoArrays } from '../../preprocess/transform/undo-arrays.ts';
import { undoTransform, type UndoFacts } from '../../preprocess/transform/undo-transform.ts';
import type { Project } from '../../projects/project.types.ts';

type Factored = Extract<DenoisedModel, { kind: 'factored' }>;

/**
 * One gene of a count model for every observation of the run, [nObs of the run]: what the window colours points by. See
 * `countValuesSchema` for the kinds. The posterior is NaN where something was counted: there is nothing to ask.
 *
 * @param gene position of the gene in the dataset
 * @param scale of `rate` and `corrected`; probabilities and θ have none
 * @throws LacunaError `not-found` where the run did not use the gene or has no such values
 */
export function countGene(
  project: Project,
  runId: number,
  gene: number,
  kind: CountValues,
  scale: ValueScale,
): Float32Array {
  const run = project.runs.get(runId);
  const { obsIndex, varIndex } = project.runs.axes(runId);
  const position = varIndex.indexOf(gene);
  if (position === -1)
    throw new LacunaError(
      'not-found',
      `Run ${runId} (${run.name}) did not use this gene, so it says nothing of it.`,
      'It was filtered out. Choose another gene.',
    );
  const extras = project.runs.extras(runId);
  const denoised = project.runs.denoised(runId);
  const model = countModelOf(extras);
  if (!model || denoised.kind !== 'factored') throw without(run.name, kind);
  const facts = unpackUndoFacts(extras as unknown as UndoArrays, varIndex.length, run.recipe.normalisation.log1p);
  switch (kind) {
    case 'rate':
      return rateOf(denoised, model, facts, position, scale);
    case 'corrected':
      return correctedOf(denoised, extras, facts, position, scale) ?? raise(without(run.name, kind));
    case 'dropout':
      return dropoutOf(denoised, model, position) ?? raise(without(run.name, kind));
    case 'dispersion':
      return model.dispersion?.of === 'entry' ? entryTheta(denoised, model, position)! : raise(without(run.name, kind));
    case 'dropout-posterior': {
      const lost = dropoutOf(denoised, model, position) ?? raise(without(run.name, kind));
      const counts = project.datasets.gene(run.datasetId, gene);
      const none = zeroProbability(denoised, model, facts.factor, position);
      return lost.map((z, row) => (counts[obsIndex[row]] > 0 ? NaN : z / (z + (1 - z) * none[row])));
    }
  }
}

function dropoutOf(denoised: Factored, { dropout }: CountModel, position: number): Float32Array | null {
  return dropout && entryHead(denoised, dropout, position).map((logit) => 1 / (1 + Math.exp(-logit)));
}

/** In a cell whose size is the median of all. */
function rateOf(
  denoised: Factored,
  model: CountModel,
  facts: UndoFacts,
  position: number,
  scale: ValueScale,
): Float32Array {
  const median = medianSize(model.usedSize);
  return logRateOf(denoised, model, facts.factor, position).map((logRate) => {
    const value = Math.exp(logRate) * median;
    return scale === 'log' ? Math.log1p(value) : value;
  });
}

function correctedOf(
  denoised: Factored,
  extras: Record<string, DenseOutput>,
  facts: UndoFacts,
  position: number,
  scale: ValueScale,
): Float32Array | null {
  const corrected = correctedModel(denoised, extras);
  if (!corrected) return null;
  const values = createDenoisedReader(corrected).gene(position);
  undoTransform(
    facts,
    values,
    Uint32Array.from(values, (_, row) => row),
    scale,
    [position],
  );
  return values;
}

function without(name: string, kind: CountValues): LacunaError {
  const what = {
    rate: 'no rates',
    dropout: 'no dropout probabilities: its distribution has no zero inflation',
    'dropout-posterior': 'no dropout probabilities: its distribution has no zero inflation',
    dispersion: 'no dispersion for every cell: there is one for each gene, or none',
    corrected: 'no corrected values: it was told no covariates',
  };
  return new LacunaError(
    'not-found',
    `${name} has ${what[kind]}.`,
    'Train a count model with these settings, or choose other values.',
  );
}

function raise(error: LacunaError): never {
  throw error;
}
