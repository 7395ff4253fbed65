import type { z } from 'zod';
import type { Progress } from '../dataset/progress.ts';
import type { ValueKind } from '../dataset/dataset-source.ts';
import type { Engine } from '../engine/engine.ts';
import type { CovariateValues } from '../preprocess/covariates/fit-covariates.ts';
import type { ExpressionSource } from '../preprocess/expression-source.ts';
import type { Normalisation } from '../preprocess/recipe.ts';

/** A paper as a reader would look it up. */
export interface Citation {
  title: string;
  authors: string;
  year: number;
  venue: string;
  doi?: string;
}

/** The question that a method answers; the cards of the Learn screen are grouped by it. */
export type Question = 'floor' | 'structure' | 'denoise' | 'space' | 'compress';

/** What a method may know of a dataset before it is loaded. */
export interface DatasetFacts {
  nObs: number;
  nVar: number;
  nnz: number;
  valueKind: ValueKind;
  obsm: { name: string; nDim: number }[];
}

/** Whether a method can serve a dataset, with the reason in plain words when it cannot. */
export type Support = { ok: true } | { ok: false; reason: string };

/** What a run will cost on this machine; shown before it starts. */
export interface CostEstimate {
  /** Peak of the compute process, bytes. */
  memoryBytes: number;
  /** Training time, seconds; a rough figure from the machine's measured speed. */
  seconds: number;
}

/** What this machine can do; the engine measures it once. */
export interface Machine {
  totalMemoryBytes: number;
  freeMemoryBytes: number;
  threads: number;
  /** Sustained float32 matrix product, floating-point operations per second. */
  flopsPerSecond: number;
}

/** A named set of settings. `parameters` override the schema's defaults; `normalisation` is the input it expects. */
export interface Preset {
  id: string;
  title: string;
  /** One sentence: where the settings come from, when to choose them. */
  description: string;
  normalisation: Normalisation;
  parameters: Record<string, unknown>;
  /** True for one that a person saved in a project. */
  saved?: boolean;
}

/** Dense output aligned to the observations of the run: [nObs, nDim], row-major. */
export interface DenseOutput {
  nDim: number;
  values: Float32Array;
}

/**
 * Denoised values without a dense matrix. Every network here ends in a linear layer, so its output is
 * link(hidden · weights + bias): any gene of all cells, or all genes of any cell, is a small product away.
 */
export type DenoisedModel =
  | {
      kind: 'factored';
      /** [nObs, nHidden] activations before the last layer; nHidden may be 0. */
      hidden: DenseOutput;
      /** [nHidden, nVar], row-major */
      weights: Float32Array;
      /** [nVar] */
      bias: Float32Array;
      link: 'identity' | 'relu' | 'softplus' | 'exp';
    }
  | {
      kind: 'neighbours';
      /** [nObs, k] positions of the neighbours whose mean is the prediction. */
      k: number;
      indices: Uint32Array;
    };

/**
 * A function of position that a method learned: the value of any gene at any place of the tissue.
 * `kind` says which network it is; `config` and `arrays` are all it needs (see `methods/inr/predict-at.ts`).
 */
export interface LearnedField {
  kind: string;
  /** Name of the obsm array whose positions it takes, in their own units. */
  obsm: string;
  /** Widths, scales, bounds of the positions: JSON values only. */
  config: Record<string, unknown>;
  arrays: Record<string, Float32Array>;
}

/** What a finished training hands over; the job stores it. */
export interface TrainOutcome {
  /** Null for methods without one (the floors). */
  latent: DenseOutput | null;
  /** On the scale `model` of the expression source. */
  denoised: DenoisedModel;
  /**
   * Predictions for the observations of `TrainContext.unseen`, in their order; left out or null when nothing was asked
   * for.
   */
  predicted?: DenoisedModel | null;
  /** Latent of the same observations; only where their expression was there to encode. */
  predictedLatent?: DenseOutput | null;
  /** Rows of the same observations for those `extras` that have one for every observation. */
  predictedExtras?: Record<string, DenseOutput>;
  /** What methods that learn a function of position leave behind for maps on a finer grid. */
  field?: LearnedField | null;
  /** Further named outputs: explained variance, gene weights … [rows, nDim]. */
  extras: Record<string, DenseOutput>;
  /** Final figures by name: held-out loss, epochs run, best epoch … */
  summary: Record<string, number>;
}

/** One line of the training history. */
export interface EpochRecord {
  epoch: number;
  /** Loss terms by name on the training observations: `total`, `reconstruction`, `kl` … */
  train: Record<string, number>;
  /** The same on held-out observations; null when nothing is held out. */
  heldOut: Record<string, number> | null;
  /** Observations per second in this epoch. */
  obsPerSecond: number;
}

/** What a checkpoint holds; the job stores it as bytes and gives it back after an interruption. */
export interface CheckpointState {
  epoch: number;
  /** Named float32 arrays: weights, optimiser moments. */
  arrays: Record<string, Float32Array>;
  /** Random state, best-so-far, history: JSON values only. */
  state: Record<string, unknown>;
}

/** Observations that a method must predict without having seen their expression: only where they lie. */
export interface UnseenObservations {
  nObs: number;
  /** By the same names as `ExpressionSource.obsm`: [nObs, nDim]. */
  obsm: ReadonlyMap<string, { nDim: number; values: Float64Array }>;
  /**
   * Their expression, with the genes and the transform of the training source. Given under the protocol `likelihood`,
   * which asks how likely their counts are (methods with `givesLikelihood`), and to a run whose parameter `protocol` is
   * `authors`: the published protocol of SUICA embeds the held-out spots, too. Every other run must do without.
   */
  expression?: ExpressionSource | null;
  /** As of the training observations. */
  covariates?: CovariateValues | null;
}

/** What `train` is given. */
export interface TrainContext<P> {
  data: ExpressionSource;
  /** Set by the protocol of spatial imputation; only methods with `predictsUnseen` are ever given one. */
  unseen?: UnseenObservations | null;
  /** What is known of each observation besides its expression: the columns that the parameter `covariates` names. */
  covariates?: CovariateValues | null;
  parameters: P;
  seed: number;
  engine: Engine;
  signal?: AbortSignal;
  report: (progress: Progress) => void;
  /** Called once per epoch. */
  record: (epoch: EpochRecord) => void;
  /** The state of an interrupted run, or null for a fresh one. */
  resumeFrom: CheckpointState | null;
  /** Offer a checkpoint; the job decides by time whether to build and store it. */
  checkpoint: (build: () => CheckpointState) => void;
}

/** What tells good settings of a method from bad ones, measured on observations that did not train. */
export interface HeldOutMeasure<P = Record<string, unknown>> {
  /** A term of `EpochRecord.heldOut`, lower is better, that means the same under all settings of the method. */
  term: string;
  /** In words: 'Negative log-likelihood per entry'. */
  title: string;
  /** False where a run is several trainings in turn, so that equal epochs of two runs are not the same thing. */
  comparesEpochs(parameters: P): boolean;
  /** The figure of a finished run, from `TrainOutcome.summary`; left out: the term at the epoch that was kept. */
  final?(summary: Record<string, number>): number | undefined;
}

/** Everything the application knows about a method; forms, help, checks and the terminal are made from it. */
export interface Method<P extends Record<string, unknown> = Record<string, unknown>> {
  id: string;
  title: string;
  family: string;
  question: Question;
  /** What it does and when to choose it, for a biologist; two or three sentences. */
  description: string;
  paper: Citation | null;
  /**
   * Flat object schema; every field has a default, a range and `.meta({ label, help, unit?, advanced?, search?, columns? })`;
   * `search` is the `SearchDomainInput` that a search for settings suggests.
   */
  parameters: z.ZodObject & z.ZodType<P>;
  /** The first is the default. */
  presets: readonly Preset[];
  /** What a search for settings makes small; left out where nothing is held out. */
  heldOut?: HeldOutMeasure<P>;
  /** True when it predicts observations from their position alone (`TrainContext.unseen`). */
  predictsUnseen?: boolean;
  /** True when it leaves a `CountModel` in its extras, also of unseen cells whose expression it is given. */
  givesLikelihood?: boolean;
  supports(facts: DatasetFacts): Support;
  estimate(facts: DatasetFacts, parameters: P, machine: Machine): CostEstimate;
  /** @throws LacunaError `cancelled`, `diverged`, `out-of-memory` */
  train(context: TrainContext<P>): Promise<TrainOutcome>;
}
