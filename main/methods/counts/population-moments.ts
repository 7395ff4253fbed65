import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Engine } from '../../engine/engine.ts';
import type { Moments, MomentsSeen } from '../../engine/layers/batch-norm.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import { createBatchFiller } from '../training/batches.ts';
import { breathe } from '../training/event-loop.ts';
import type { BatchData } from '../training/training.types.ts';

/** Observations that are looked at; their moments differ from those of all by some 3 % of a standard deviation. */
const SAMPLE = 1024;

interface Sums {
  n: number;
  mean: Float64Array;
  variance: Float64Array;
  squaredMean: Float64Array;
}

/**
 * Moments of batch-normalised layers over the training observations, for judging others and for the final output: worked out
 * afresh from the weights of the moment on a fixed sample ("precise batch norm", Wu and Johnson 2021), where a moving
 * average would lag behind and have to be stored. They depend on nothing but the weights.
 */
export class PopulationMoments {
  readonly #engine: Engine;
  readonly #data: BatchData;
  readonly #rows: Uint32Array;
  readonly #batchSize: number;
  readonly #run: (weights: Weights, x: Tensor2D, seen: MomentsSeen, rows: Uint32Array) => void;
  readonly #moments = new Map<string, Moments>();

  /** @param run the part of the network that is normalised, each batch by itself as in training */
  constructor(
    engine: Engine,
    data: BatchData,
    training: Uint32Array,
    batchSize: number,
    run: (weights: Weights, x: Tensor2D, seen: MomentsSeen, rows: Uint32Array) => void,
  ) {
    this.#engine = engine;
    this.#data = data;
    this.#rows = Random.from(0, 'moments').shuffle(training.slice()).subarray(0, SAMPLE);
    this.#batchSize = Math.min(batchSize, this.#rows.length);
    this.#run = run;
  }

  /** Undefined before the first `update`, when a layer has to go by its batch. */
  readonly of = (name: string): Moments | undefined => this.#moments.get(name);

  /** @throws LacunaError `cancelled` */
  async update(weights: Weights, signal?: AbortSignal): Promise<void> {
    const { tf } = this.#engine;
    const filler = createBatchFiller(this.#engine, this.#data, this.#batchSize);
    const sums = new Map<string, Sums>();
    for (let start = 0; start < this.#rows.length; start += this.#batchSize) {
      const rows = this.#rows.slice(start, start + this.#batchSize);
      // A short last batch has moments of its own kind.
      if (rows.length < this.#batchSize && start > 0) break;
      await breathe();
      throwIfCancelled(signal);
      const x = filler.fill(rows);
      // Nothing is handed back, or it would outlive the pass.
      tf.tidy(() => void this.#run(weights, x, (name, mean, variance) => add(sums, name, mean, variance), rows));
      x.dispose();
    }
    this.dispose();
    for (const [name, { n, mean, variance, squaredMean }] of sums) {
      const all = mean.map((sum) => sum / n);
      // Within the batches and between them.
      const spread = variance.map((sum, j) => (sum + squaredMean[j]) / n - all[j] ** 2);
      this.#moments.set(name, {
        mean: tf.keep(tf.tensor1d(Float32Array.from(all))),
        variance: tf.keep(tf.tensor1d(Float32Array.from(spread, (value) => Math.max(value, 0)))),
      });
    }
  }

  dispose(): void {
    for (const { mean, variance } of this.#moments.values()) this.#engine.tf.dispose([mean, variance]);
    this.#moments.clear();
  }
}

function add(sums: Map<string, Sums>, name: string, mean: Tensor1D, variance: Tensor1D): void {
  const [means, variances] = [mean.dataSync(), variance.dataSync()];
  const zeros = (): Float64Array => new Float64Array(means.length);
  const sum = sums.get(name) ?? { n: 0, mean: zeros(), variance: zeros(), squaredMean: zeros() };
  sum.n++;
  means.forEach((value, j) => {
    sum.mean[j] += value;
    sum.squaredMean[j] += value ** 2;
    sum.variance[j] += variances[j];
  });
  sums.set(name, sum);
}
