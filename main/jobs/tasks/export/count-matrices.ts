import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { DenseRows } from '../../../export/export-source.ts';
import { countModelOf } from '../../../methods/counts/count-model.ts';
import { correctedModel } from '../../../methods/counts/corrected-model.ts';
import { rateModel } from '../../../methods/counts/rate-model.ts';
import type { DenoisedModel } from '../../../methods/method.ts';
import type { ExpressionSource } from '../../../preprocess/expression-source.ts';
import type { RunInfo } from '../../../projects/project.types.ts';
import type { ExportSpec } from '../../job-spec.ts';
import type { JobContext } from '../job-context.ts';
import { denoisedBlocks } from './denoised-blocks.ts';

type Blocks = (signal?: AbortSignal) => AsyncGenerator<DenseRows>;

/**
 * The values of X as the export asks for them: denoised, with the library size taken out, or corrected for covariates.
 *
 * @throws LacunaError `unsupported` where the run has no such values
 */
export function denoisedValues(spec: ExportSpec, run: RunInfo, data: ExpressionSource, context: JobContext): Blocks {
  const { runs } = context.project;
  const { values, scale } = spec;
  const denoised = runs.denoised(run.id);
  const blocks =
    (model: DenoisedModel, as = scale): Blocks =>
    (signal) =>
      denoisedBlocks(model, data, as, context.engine, { signal: signal ?? context.signal });
  if (values === 'denoised') return blocks(denoised);
  const extras = runs.extras(run.id);
  if (values === 'corrected') {
    const corrected = correctedModel(denoised, extras);
    if (!corrected) throw without(run, 'values corrected for covariates: it was told none');
    return blocks(corrected);
  }
  const model = countModelOf(extras);
  if (!model || denoised.kind !== 'factored') throw without(run, 'rates: it is no count model');
  // They stand on their own scale, so there is nothing to undo.
  return blocks(rateModel(denoised, model, data.undoFacts.factor, scale === 'log' || scale === 'model'), 'model');
}

/** Probability of a dropout, for every entry. @throws LacunaError `unsupported` without zero inflation */
export function dropoutProbabilities(run: RunInfo, data: ExpressionSource, context: JobContext): Blocks {
  const { runs } = context.project;
  const denoised = runs.denoised(run.id);
  const dropout = countModelOf(runs.extras(run.id))?.dropout;
  if (!dropout || denoised.kind !== 'factored')
    throw without(run, 'dropout probabilities: its distribution has no zero inflation');
  const logits: DenoisedModel = { kind: 'factored', hidden: denoised.hidden, ...dropout, link: 'identity' };
  return async function* (signal) {
    const blocks = denoisedBlocks(logits, data, 'model', context.engine, { signal: signal ?? context.signal });
    for await (const block of blocks) {
      const { values } = block;
      for (let k = 0; k < values.length; k++) values[k] = 1 / (1 + Math.exp(-values[k]));
      yield block;
    }
  };
}

function without({ name }: RunInfo, what: string): LacunaError {
  return new LacunaError('unsupported', `${name} has no ${what}.`, 'Choose another run, or other values.');
}
