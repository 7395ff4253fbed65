import { Random } from '../engine/random/random.ts';
import { normal } from './draws.ts';
import { N_STATES } from './gene-programmes.ts';
import type { SimulateOptions } from './simulate-options.ts';
import { makeTissue, type Tissue } from './tissue.ts';

/** What is true of the cells; everything that is per cell and small. */
export interface CellFacts {
  /** [nObs], type or region. */
  type: Int32Array;
  /** [nObs] */
  batch: Int32Array;
  /** [nObs], expected total counts before dropout. */
  librarySize: Float64Array;
  /** [nObs · N_STATES], activity of every state. */
  states: Float32Array;
  /** [nObs], a second type, and its share in the cell's expression, 0…0.5. */
  neighbour: Int32Array;
  neighbourShare: Float32Array;
  tissue: Tissue | null;
}

/**
 * Types of unequal size in random order, or the regions of a tissue; batches in equal parts. Cells are on their way
 * between relatives: most lie close to their own type, some nearly half way to the other one.
 */
export function drawCells(options: SimulateOptions): CellFacts {
  const { cells, types, batches, counts, librarySpread, seed } = options;
  const random = Random.from(seed, 'cells');
  const tissue = options.spatial ? makeTissue(options, N_STATES) : null;

  const weights = Array.from({ length: types }, (_, t) => (0.7 + 0.6 * random.uniform()) / (1 + 0.25 * t));
  const whole = weights.reduce((a, b) => a + b, 0);
  const drawType = (): number => {
    let left = random.uniform() * whole;
    for (let t = 0; t < types - 1; t++) {
      left -= weights[t];
      if (left < 0) return t;
    }
    return types - 1;
  };
  const type = tissue ? tissue.region : Int32Array.from({ length: cells }, drawType);
  // Every type has a cell, also where cells are few.
  if (!tissue) for (let t = 0; t < Math.min(types, cells); t++) type[t] = t;

  const batch = Int32Array.from({ length: cells }, (_, i) => Math.floor((i * batches) / cells));
  if (!tissue) {
    const order = random.shuffle(Uint32Array.from({ length: cells }, (_, i) => i));
    type.set(Int32Array.from(order, (i) => type[i]));
  }
  const depthOfBatch = Array.from({ length: batches }, (_, b) => (b === 0 ? 1 : Math.exp(0.2 * normal(random))));
  const librarySize = Float64Array.from(
    { length: cells },
    (_, i) => counts * depthOfBatch[batch[i]] * Math.exp(librarySpread * normal(random)),
  );
  const states = tissue
    ? tissue.gradients
    : Float32Array.from({ length: cells * N_STATES }, () => Math.max(-2.5, Math.min(2.5, normal(random))));
  if (tissue) {
    const { neighbour, neighbourShare } = tissue;
    return { type, batch, librarySize, states, neighbour, neighbourShare, tissue };
  }
  const neighbour = type.map((t) => ((t ^ 1) < types ? t ^ 1 : t));
  const neighbourShare = Float32Array.from({ length: cells }, () => 0.5 * random.uniform() ** 1.5);
  return { type, batch, librarySize, states, neighbour, neighbourShare, tissue };
}
