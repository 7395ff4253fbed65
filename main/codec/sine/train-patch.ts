import type { Scalar, Tensor2D } from '@tensorflow/tfjs-core';
import type { LongTask } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import { dense } from '../../engine/layers/dense.ts';
import { ADAM_DEFAULTS, type ParameterSpec } from '../../engine/optimiser/parameter-store.ts';
import { Random } from '../../engine/random/random.ts';
import {
  coordinateHidden,
  coordinateParameters,
  type CoordinateShape,
} from '../../methods/inr/network/coordinate-network.ts';
import { trainNetwork } from '../../methods/training/train-network.ts';
import type { SineNetwork } from './sine-network.ts';
import type { SineSettings } from './sine-settings.ts';

/** A trained network and its mean squared error after each epoch. */
export interface TrainedPatch {
  network: SineNetwork;
  losses: number[];
}

/** What training shows of itself. */
export interface PatchProgress extends LongTask {
  stage: string;
  /** Share of the whole work before and after this patch. */
  from: number;
  to: number;
}

/**
 * Fits a SIREN (Sitzmann et al. 2020) to the values at the points of a patch by the mean squared error and Adam (paper, section Methods:
 * hidden layers of one width, no activation on the output).
 *
 * @param points [n, 2]
 * @param targets [n]
 * @throws LacunaError `cancelled`, `diverged`, `out-of-memory`
 */
export async function trainPatch(
  engine: Engine,
  points: Float32Array,
  targets: Float32Array,
  settings: SineSettings,
  seed: number,
  { signal, report, stage, from, to }: PatchProgress,
): Promise<TrainedPatch> {
  const { tf } = engine;
  const { omega, layers, width } = settings;
  const shape: CoordinateShape = {
    nDim: 2,
    encoding: { kind: 'sine', omega },
    hidden: Array.from({ length: layers }, () => width),
  };
  const random = Random.from(seed, 'weights');
  const losses: number[] = [];
  const { store } = await trainNetwork(
    {
      engine,
      data: {
        nObs: targets.length,
        nVar: 1,
        denseBatch: (rows, out) => {
          for (let r = 0; r < rows.length; r++) out[r] = targets[rows[r]];
        },
      },
      seed,
      signal,
      report: (progress) =>
        report?.({ ...progress, stage, fraction: from + (to - from) * (progress.fraction ?? 0), etaSeconds: null }),
      record: (epoch) => losses.push(epoch.train.total),
      resumeFrom: null,
      checkpoint: () => {},
    },
    {
      parameters: { ...coordinateParameters(shape, 'net', random), ...outputParameters(width, omega, random) },
      loss: (weights, { x, rows }) => {
        const taken = new Float32Array(2 * rows.length);
        rows.forEach((row, r) => taken.set(points.subarray(2 * row, 2 * row + 2), 2 * r));
        const hidden = coordinateHidden(engine, weights, {}, shape, 'net', taken);
        const answer = dense(engine, weights, 'out', hidden, 'linear');
        return { total: tf.mean(tf.square(tf.sub(answer, x as Tensor2D))) as Scalar };
      },
    },
    {
      epochs: settings.epochs,
      batchSize: settings.batchSize,
      adam: { ...ADAM_DEFAULTS, learningRate: settings.learningRate / 100 },
      rate: { decay: { initial: settings.learningRate, factor: 0.01 ** (1 / Math.max(1, settings.epochs)) } },
      heldOutShare: 0,
      patience: 0,
    },
  );
  try {
    const arrays = store.weights();
    const names = [...Array.from({ length: layers }, (_, i) => `net/${i + 1}`), 'out'];
    return {
      network: {
        omega,
        widths: [2, ...shape.hidden, 1],
        kernels: names.map((name) => arrays[`${name}/kernel`]),
        biases: names.map((name) => arrays[`${name}/bias`]),
      },
      losses,
    };
  } finally {
    store.dispose();
  }
}

/** As the hidden layers of a SIREN: uniform in ±√(6/n)/ω. */
function outputParameters(width: number, omega: number, random: Random): Record<string, ParameterSpec> {
  const bound = Math.sqrt(6 / width) / omega;
  return {
    'out/kernel': { shape: [width, 1], initial: random.fillUniform(new Float32Array(width), -bound, bound) },
    'out/bias': { shape: [1], initial: new Float32Array(1) },
  };
}
