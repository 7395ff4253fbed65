import type { LongTask } from '../../dataset/progress.ts';
import type { DatasetFacts, UnseenObservations } from '../../methods/method.ts';
import { covariateNames } from '../../contract/words/covariate-names.ts';
import {
  fitCovariates,
  type CovariateValues,
  type FittedCovariates,
} from '../../preprocess/covariates/fit-covariates.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { UndoFacts } from '../../preprocess/transform/undo-transform.ts';
import type { HeldOut, Project, RunInfo } from '../../projects/project.types.ts';
import { mutedEntries } from '../../protocols/muted-entries.ts';
import type { ProtocolData } from '../../protocols/prepare-protocol.ts';
import { protocolOf } from '../../protocols/protocol.ts';
import { loadProtocol } from './load-expression.ts';

/** What a training needs, before and after. */
export interface PreparedTraining {
  /** What the method trains on. */
  data: ExpressionSource;
  /** Spots to predict, as the method may know them. */
  unseen: UnseenObservations | null;
  /** What is known of the training observations; null where the run asks for nothing. */
  covariates: CovariateValues | null;
  /** Of everything that the run speaks of. */
  facts: DatasetFacts;
  /** Where the run's observations and variables stand in the dataset, and how its scale is undone. */
  obsIndex: Uint32Array;
  varIndex: Uint32Array;
  undoFacts: UndoFacts;
  /** [nObs], 1 where the observation is predicted; null where none is. */
  heldOutObs: Uint8Array | null;
  /** Stored with the run. */
  heldOut: HeldOut | null;
}

/**
 * Loads what a run may see, and keeps no more than facts of the rest: the truth is as large as the training data, and
 * would stand in memory all the time that the method trains.
 *
 * @throws LacunaError `unsupported`, `bad-option`, `cancelled`
 */
export async function prepareTraining(project: Project, run: RunInfo, task: LongTask): Promise<PreparedTraining> {
  const protocol = await loadProtocol(project, run, task);
  const { shown, training, truth, heldOutObs } = protocol;
  const covariates = covariatesOf(project, run, training);
  const unseen = unseenFor(run, protocol);
  const { unseenExpression } = protocol;
  return {
    data: training,
    covariates: covariates?.of(training.obsIndex) ?? null,
    unseen: unseen && { ...unseen, covariates: unseenExpression && covariates?.of(unseenExpression.obsIndex) },
    facts: {
      nObs: truth.nObs,
      nVar: truth.nVar,
      nnz: truth.counts.values.length,
      valueKind: project.datasets.get(run.datasetId).valueKind,
      obsm: [...truth.obsm].map(([name, { nDim }]) => ({ name, nDim })),
    },
    obsIndex: shown.obsIndex,
    varIndex: shown.varIndex,
    undoFacts: shown.undoFacts,
    heldOutObs,
    heldOut: heldOutOf(protocol, run),
  };
}

/** What the run is told of its cells, fitted on those that train. */
function covariatesOf(project: Project, run: RunInfo, training: ExpressionSource): FittedCovariates | null {
  const names = covariateNames(run.parameters.covariates);
  if (names.length === 0) return null;
  return fitCovariates(project.datasets.obs(run.datasetId).columns, names, training.obsIndex);
}

/** Held-out spots as the method may know them: their expression only by the authors' protocol of SUICA. */
function unseenFor({ parameters }: RunInfo, { unseen, unseenExpression }: ProtocolData): UnseenObservations | null {
  return unseen && parameters.protocol === 'authors' ? { ...unseen, expression: unseenExpression } : unseen;
}

function heldOutOf({ heldOutObs: obs, shown, truth }: ProtocolData, run: RunInfo): HeldOut | null {
  const muted = protocolOf(run.protocol).kind === 'gene-imputation';
  const entries = muted ? mutedEntries(truth.counts, shown.counts) : null;
  return obs || entries ? { obs, entries } : null;
}
