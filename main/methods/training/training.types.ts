import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { AdamSettings, ParameterSpec, RmsPropSettings, Weights } from '../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../engine/random/random.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { TrainContext } from '../method.ts';
import type { RatePlan } from './learning-rate.ts';
import type { Split } from './split.ts';

/** The part of an expression source that training reads; embeddings are trained on through it, too. */
export type BatchData = Pick<ExpressionSource, 'nObs' | 'nVar' | 'denseBatch'>;

/** The part of a run's context that the training loop needs. */
export type TrainingContext = Omit<TrainContext<unknown>, 'data' | 'parameters' | 'unseen'> & { data: BatchData };

/** One batch as a loss sees it. */
export interface Batch {
  /** Transformed expression [n, nVar]. */
  x: Tensor2D;
  /** [n], positions of the observations. */
  rows: Uint32Array;
  /** False on held-out observations: no dropout, and the same noise in every epoch. */
  training: boolean;
  /** From 1. */
  epoch: number;
  /** Noise of this batch. */
  random: Random;
}

/** Loss terms by name, each a mean over the batch's observations. `total` is what is minimised. */
export type LossTerms = { total: Scalar } & Record<string, Scalar>;

/** What is trained. */
export interface Trainable {
  parameters: Record<string, ParameterSpec>;
  loss(weights: Weights, batch: Batch): LossTerms;
  /** Called before the held-out observations are judged: what the loss needs of the training ones, such as moments. */
  prepareEvaluation?(weights: Weights): Promise<void>;
}

/** How it is trained; the settings that every network method shares. */
export interface Schedule {
  epochs: number;
  batchSize: number;
  /** Either of the two; default: Adam with its usual settings. */
  adam?: AdamSettings;
  rmsprop?: RmsPropSettings;
  /** How the learning rate changes; default: it stays. */
  rate?: RatePlan;
  /** Every entry of a gradient is cut off at ± this. */
  clipGradient?: number;
  /**
   * Puts the norm of the whole gradient into the history as `gradientNorm`: the largest of a few steps of each epoch,
   * since every measurement is a pass over all weights. Before clipping.
   */
  gradientNorm?: boolean;
  /** Share of the observations set aside to judge the training, 0 … 0.5. */
  heldOutShare: number;
  /** Epochs without a better held-out loss before training stops; 0 never stops early. Needs held-out observations. */
  patience: number;
  /** Who trains and who judges; default: a random split by `heldOutShare`. */
  split?: Split;
  /** Which held-out term decides; default `total`. */
  watch?: string;
}
