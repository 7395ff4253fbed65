import type { Tensor } from '@tensorflow/tfjs-core';
import type { Engine } from '../engine.ts';
import { createPlainStore } from './plain-store.ts';
import { createResourceStore } from './resource-store.ts';

/** One trainable array with its first values. */
export interface ParameterSpec {
  shape: readonly number[];
  initial: Float32Array;
}

/**
 * Adam's settings (Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, algorithm 1). `weightDecay` is
 * decoupled (Loshchilov and Hutter, 2019): every step shrinks matrices by `learningRate · weightDecay`; vectors
 * (biases) are left alone.
 */
export interface AdamSettings {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  weightDecay: number;
}

export const ADAM_DEFAULTS: AdamSettings = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
};

/**
 * RMSprop's settings (Tieleman and Hinton, "Lecture 6.5", 2012): `v ← ρ v + (1 − ρ) g²`, `w ← w − rate · g / √(v + ε²)`. Keras
 * adds ε to the root instead, which is the same wherever one of the two is much the larger.
 */
export interface RmsPropSettings {
  learningRate: number;
  rho: number;
  epsilon: number;
}

/** How Keras sets it. */
export const RMSPROP_DEFAULTS: RmsPropSettings = { learningRate: 1e-3, rho: 0.9, epsilon: 1e-7 };

export type OptimiserSettings = AdamSettings | RmsPropSettings;

/** Weights by name, as tensors of one step. */
export type Weights = Record<string, Tensor>;

/** The trainable arrays of a network with the state of their optimiser. */
export interface ParameterStore {
  readonly names: readonly string[];
  /** The current weights. Dispose them before `step`, or the update has to copy. */
  read(): Weights;
  /**
   * One step. The gradients stay the caller's.
   *
   * @param learningRate default: that of the settings
   */
  step(gradients: Weights, learningRate?: number): void;
  /** Number of steps so far. */
  readonly steps: number;
  /** Copies of the weights alone. */
  weights(): Record<string, Float32Array>;
  /** Replaces the weights, not the optimiser's moments. */
  assign(weights: Record<string, Float32Array>): void;
  /** Weights and moments: `weights/…`, `moment1/…`, `moment2/…`. */
  snapshot(): Record<string, Float32Array>;
  /** Puts back what `snapshot` gave. */
  restore(arrays: Record<string, Float32Array>, steps: number): void;
  dispose(): void;
}

/** The store that suits the engine: TensorFlow's own variables and fused updates, or plain tensors. */
export function createParameterStore(
  engine: Engine,
  specs: Record<string, ParameterSpec>,
  settings: OptimiserSettings,
): ParameterStore {
  return createResourceStore(engine, specs, settings) ?? createPlainStore(engine, specs, settings);
}
