import { FORCE_FIRST, FORCE_PLACES, FORCE_SHIFT, type ForceTable } from './force-table.ts';

/** State of the layout between epochs. */
export interface LayoutState {
  /** [nObs, 3], row-major; changed in place. A layout in two dimensions has 0 as its third, which then stays 0. */
  layout: Float64Array;
  nObs: number;
  /** [nEdges] */
  from: Int32Array;
  /** [nEdges] */
  to: Int32Array;
  /** Epochs between two turns of an edge: heavy edges take more turns. [nEdges] */
  epochsPerTurn: Float64Array;
  /** Epoch of the next turn of each edge. [nEdges] */
  nextTurn: Float64Array;
  /** Epoch up to which each edge has had its random others. [nEdges] */
  nextOthers: Float64Array;
  forces: ForceTable;
  /** State of a `RandomStream`. */
  random: Int32Array;
}

/** Random others per turn of an edge. */
export const OTHERS_PER_TURN = 5;
/** No coordinate moves further than this times the learning rate in one step. */
const LONGEST_STEP = 4;

/** One float32, seen as a number and as its bits. */
const asFloat = new Float32Array(1);
const asBits = new Int32Array(asFloat.buffer);

function place(squared: number): number {
  asFloat[0] = squared;
  const at = (asBits[0] >> FORCE_SHIFT) - FORCE_FIRST;
  return at < 0 ? 0 : at >= FORCE_PLACES ? FORCE_PLACES - 1 : at;
}

function clip(step: number): number {
  return step > LONGEST_STEP ? LONGEST_STEP : step < -LONGEST_STEP ? -LONGEST_STEP : step;
}

/**
 * One epoch of the layout by stochastic gradient descent: the ends of each edge whose turn it is attract each other,
 * and random other observations repel. Source: McInnes et al. 2018, UMAP, algorithm 5 and section 3.2.
 */
export function layoutEpoch(state: LayoutState, epoch: number, learningRate: number): void {
  const { layout, nObs, from, to, epochsPerTurn, nextTurn, nextOthers, random } = state;
  const { attraction, repulsion } = state.forces;
  // The random state lives in local variables, and the three coordinates are written out: this is all of UMAP's time.
  let r0 = random[0];
  let r1 = random[1];
  let r2 = random[2];
  let r3 = random[3];
  for (let edge = 0; edge < from.length; edge++) {
    if (nextTurn[edge] > epoch) continue;
    const i = from[edge] * 3;
    const j = to[edge] * 3;
    let x = layout[i];
    let y = layout[i + 1];
    let z = layout[i + 2];
    let dx = x - layout[j];
    let dy = y - layout[j + 1];
    let dz = z - layout[j + 2];
    let squared = dx * dx + dy * dy + dz * dz;
    if (squared > 0) {
      const pull = attraction[place(squared)];
      dx = clip(pull * dx) * learningRate;
      dy = clip(pull * dy) * learningRate;
      dz = clip(pull * dz) * learningRate;
      x += dx;
      y += dy;
      z += dz;
      layout[j] -= dx;
      layout[j + 1] -= dy;
      layout[j + 2] -= dz;
    }
    nextTurn[edge] += epochsPerTurn[edge];

    const perOther = epochsPerTurn[edge] / OTHERS_PER_TURN;
    const nOthers = Math.floor((epoch - nextOthers[edge]) / perOther);
    for (let other = 0; other < nOthers; other++) {
      const five = Math.imul(r1, 5);
      const drawn = Math.imul((five << 7) | (five >>> 25), 9) >>> 0;
      const t = r1 << 9;
      r2 ^= r0;
      r3 ^= r1;
      r1 ^= r2;
      r0 ^= r3;
      r2 ^= t;
      r3 = (r3 << 11) | (r3 >>> 21);
      const o = Math.floor((drawn / 4294967296) * nObs) * 3;
      if (o === i) continue;
      dx = x - layout[o];
      dy = y - layout[o + 1];
      dz = z - layout[o + 2];
      squared = dx * dx + dy * dy + dz * dz;
      if (squared === 0) continue;
      const push = repulsion[place(squared)];
      x += clip(push * dx) * learningRate;
      y += clip(push * dy) * learningRate;
      z += clip(push * dz) * learningRate;
    }
    layout[i] = x;
    layout[i + 1] = y;
    layout[i + 2] = z;
    if (nOthers > 0) nextOthers[edge] += nOthers * perOther;
  }
  random[0] = r0;
  random[1] = r1;
  random[2] = r2;
  random[3] = r3;
}
