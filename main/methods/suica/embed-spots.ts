import type { Tensor2D } from '@tensorflow/tfjs-core';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Engine } from '../../engine/engine.ts';
import type { MomentsSeen } from '../../engine/layers/batch-norm.ts';
import { valuesOf } from '../../engine/values-of.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { breathe } from '../training/event-loop.ts';
import { AverageMoments } from './hidden-layers.ts';

/** A run of rows through a network, batch by batch. */
interface Pass {
  engine: Engine;
  weights: Weights;
  nObs: number;
  batchSize: number;
  signal?: AbortSignal;
}

/** Average moments of every normalised layer over all rows, each batch normalised by itself as in training. */
export async function collectMoments(
  { engine, weights, nObs, batchSize, signal }: Pass,
  run: (weights: Weights, rows: Uint32Array, seen: MomentsSeen) => void,
): Promise<AverageMoments> {
  const moments = new AverageMoments();
  for (const rows of batchesOf(nObs, batchSize)) {
    await breathe();
    throwIfCancelled(signal);
    engine.tf.tidy(() =>
      run(weights, rows, (name, mean, variance) =>
        moments.add(name, mean.dataSync(), variance.dataSync(), rows.length),
      ),
    );
  }
  return moments;
}

/** Output of a network for all rows: [nObs, nOut]. */
export async function collectRows(
  { engine, weights, nObs, batchSize, signal }: Pass,
  nOut: number,
  run: (weights: Weights, rows: Uint32Array) => Tensor2D,
): Promise<Float32Array> {
  const values = new Float32Array(nObs * nOut);
  for (const rows of batchesOf(nObs, batchSize)) {
    await breathe();
    throwIfCancelled(signal);
    values.set(
      valuesOf(engine, () => run(weights, rows)),
      rows[0] * nOut,
    );
  }
  return values;
}

function* batchesOf(nObs: number, batchSize: number): Generator<Uint32Array> {
  for (let start = 0; start < nObs; start += batchSize)
    yield Uint32Array.from({ length: Math.min(batchSize, nObs - start) }, (_, i) => start + i);
}
