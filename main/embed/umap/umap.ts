import type { LongTask } from '../../dataset/progress.ts';
import { initialLayout } from '../initial-layout.ts';
import { findNeighbours } from '../neighbours.ts';
import { Pacing } from '../pacing.ts';
import type { Points } from '../points.ts';
import { RandomStream } from '../random-stream.ts';
import { fuzzyGraph } from './fuzzy-graph.ts';
import { forceTable } from './force-table.ts';
import { layoutEpoch, OTHERS_PER_TURN, type LayoutState } from './layout-epoch.ts';
import { fitSimilarityCurve } from './similarity-curve.ts';

export interface UmapSettings {
  nDim: 2 | 3;
  /** Size of the neighbourhood, the observation itself included, as in the paper. At most nObs. */
  neighbours: number;
  /** How close points may lie in the layout. */
  minDist: number;
  epochs: number;
  seed: number;
}

/**
 * UMAP of a space, in two or three dimensions, deterministic for a seed. Starts from the first principal components.
 * Source: McInnes, Healy & Melville 2018, UMAP: Uniform Manifold Approximation and Projection.
 * @returns [nObs, settings.nDim], row-major, centred
 * @throws LacunaError `bad-option` when there are fewer observations than neighbours, `cancelled`
 */
export async function umap(points: Points, settings: UmapSettings, task: LongTask = {}): Promise<Float32Array> {
  const { nDim, epochs } = settings;
  const pacing = new Pacing(task);
  const neighbours = await findNeighbours(points, settings.neighbours - 1, {}, task);
  await pacing.stage('Weighing neighbours');
  const graph = fuzzyGraph(neighbours);
  const random = new RandomStream(settings.seed);
  const layout = inThreeDimensions(initialLayout(points, nDim, 'max', 10, 1e-3, random), nDim);

  const heaviest = graph.weight.reduce((max, weight) => Math.max(max, weight), 0);
  // An edge so light that it would not have a single turn is left out.
  const kept = Int32Array.from(graph.weight.keys()).filter((edge) => graph.weight[edge] >= heaviest / epochs);
  const epochsPerTurn = Float64Array.from(kept, (edge) => heaviest / graph.weight[edge]);
  const state: LayoutState = {
    layout,
    nObs: points.nObs,
    from: Int32Array.from(kept, (edge) => graph.from[edge]),
    to: Int32Array.from(kept, (edge) => graph.to[edge]),
    epochsPerTurn,
    nextTurn: epochsPerTurn.slice(),
    nextOthers: epochsPerTurn.map((turns) => turns / OTHERS_PER_TURN),
    forces: forceTable(fitSimilarityCurve(settings.minDist)),
    random: random.state,
  };
  const layoutPacing = new Pacing(task);
  for (let epoch = 0; epoch < epochs; epoch++) {
    layoutEpoch(state, epoch, 1 - epoch / epochs);
    await layoutPacing.step('Laying out (UMAP)', epoch + 1, epochs, { epoch: epoch + 1, epochs });
  }
  return centred(layout, points.nObs, nDim);
}

function inThreeDimensions(layout: Float64Array, nDim: number): Float64Array {
  const out = new Float64Array((layout.length / nDim) * 3);
  for (let at = 0; at < layout.length; at++) out[Math.floor(at / nDim) * 3 + (at % nDim)] = layout[at];
  return out;
}

function centred(layout: Float64Array, nObs: number, nDim: number): Float32Array {
  const out = new Float32Array(nObs * nDim);
  for (let d = 0; d < nDim; d++) {
    let mean = 0;
    for (let i = 0; i < nObs; i++) mean += layout[i * 3 + d] / nObs;
    for (let i = 0; i < nObs; i++) out[i * nDim + d] = layout[i * 3 + d] - mean;
  }
  return out;
}
