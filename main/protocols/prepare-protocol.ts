import type { LongTask } from '../dataset/progress.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { UnseenObservations } from '../methods/method.ts';
import {
  applyExpressionFit,
  buildExpressionSource,
  type ExpressionInput,
} from '../preprocess/build-expression-source.ts';
import type { Corruption } from '../preprocess/corruption.ts';
import type { ExpressionSource } from '../preprocess/expression-source.ts';
import { applyFilter } from '../preprocess/filter/apply-filter.ts';
import { filterSchema } from '../preprocess/recipe.ts';
import { muteEntries, thinCounts } from './corrupt-counts.ts';
import { NoisyExpression } from './noisy-expression.ts';
import type { Protocol } from './protocol.ts';
import { splitSpots } from './split-spots.ts';

/** A dataset as a protocol shows it to a method, and as it really is. */
export interface ProtocolData {
  /** What the method trains on. */
  training: ExpressionSource;
  /** Every observation that the run speaks of, corrupted as the protocol says: training and predicted ones. */
  shown: ExpressionSource;
  /** The same observations as measured, on the same scale. The very object `shown` where nothing was corrupted. */
  truth: ExpressionSource;
  /** Places to predict; null where no spot is held out. */
  unseen: UnseenObservations | null;
  /** What was measured there; only for methods that ask for the authors' protocol. Null where no spot is held out. */
  unseenExpression: ExpressionSource | null;
  /** [nObs of `shown`], 1 where the spot was held out; null where none was. */
  heldOutObs: Uint8Array | null;
}

/**
 * Splits or corrupts a dataset. The recipe is fitted on what the method may see, and what is held out is treated alike:
 * same genes, same library size, same scaling. Filters of cells are applied before spots are drawn.
 *
 * @throws LacunaError `unsupported` where a protocol does not fit the data
 */
export async function prepareProtocol(
  input: Omit<ExpressionInput, 'obs' | 'corruption'>,
  protocol: Protocol,
  task: LongTask = {},
): Promise<ProtocolData> {
  switch (protocol.kind) {
    case 'clustering': {
      const source = await buildExpressionSource(input, task);
      return { training: source, shown: source, truth: source, unseen: null, unseenExpression: null, heldOutObs: null };
    }
    case 'spatial-imputation':
      return await withoutObs(input, protocol, task);
    case 'likelihood': {
      const { heldOutShare, seed } = protocol;
      const data = await withoutObs(input, { trainShare: 1 - heldOutShare, testShare: heldOutShare, seed }, task);
      // What is asked is not what their counts are, but how likely they are.
      return { ...data, unseen: { ...data.unseen!, expression: data.unseenExpression } };
    }
    case 'gene-imputation':
      return await corrupted(input, { entries: (counts, obs) => muteEntries(counts, obs, protocol) }, task);
    case 'thinning': {
      if (!input.counts.values.every(Number.isInteger))
        throw new LacunaError(
          'unsupported',
          'Only counts can be thinned, and these values are not whole numbers.',
          'Import raw counts, or choose another protocol.',
        );
      return await corrupted(input, { counts: (counts, obs) => thinCounts(counts, obs, protocol) }, task);
    }
    case 'gaussian-noise': {
      const source = await buildExpressionSource(input, task);
      const noisy = await NoisyExpression.over(source, protocol, task);
      return { training: noisy, shown: noisy, truth: source, unseen: null, unseenExpression: null, heldOutObs: null };
    }
  }
}

async function withoutObs(
  input: Omit<ExpressionInput, 'obs' | 'corruption'>,
  shares: { trainShare: number; testShare: number; seed: number },
  task: LongTask,
): Promise<ProtocolData> {
  const { filter } = input.recipe;
  const variables = { names: [...input.varNames], columns: [...(input.varColumns ?? [])] };
  const { obs } = applyFilter(input.counts, variables, filterSchema.parse({ obs: filter.obs }));
  if (obs.length < 10)
    throw new LacunaError(
      'unsupported',
      `Only ${obs.length} cells or spots pass the filter: too few to hold any back.`,
      'Loosen the filter, or choose another protocol.',
    );
  const { train, test } = splitSpots(obs, shares);
  const training = await buildExpressionSource({ ...input, obs: train }, task);
  const all = Uint32Array.from([...training.obsIndex, ...test]).sort();
  const truth = await applyExpressionFit(input, training.fit, all, task);
  const isTest = new Set(test);
  const unseen = await applyExpressionFit(input, training.fit, test, task);
  return {
    training,
    shown: truth,
    truth,
    unseen: { nObs: unseen.nObs, obsm: unseen.obsm },
    unseenExpression: unseen,
    heldOutObs: Uint8Array.from(all, (i) => (isTest.has(i) ? 1 : 0)),
  };
}

async function corrupted(
  input: Omit<ExpressionInput, 'obs' | 'corruption'>,
  corruption: Corruption,
  task: LongTask,
): Promise<ProtocolData> {
  const shown = await buildExpressionSource({ ...input, corruption }, task);
  const truth = await applyExpressionFit(input, shown.fit, shown.obsIndex, task);
  return { training: shown, shown, truth, unseen: null, unseenExpression: null, heldOutObs: null };
}
