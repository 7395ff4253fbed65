import type { RandomStream } from '../random-stream.ts';
import type { WeightedGraph } from './weighted-graph.ts';

/** Gains below this are rounding. */
const LEAST_GAIN = 1e-10;
/** Nodes looked at between two looks at the clock. */
const STRIDE = 8192;

/**
 * Moves single nodes to the community where modularity gains most, until no move gains anything; only nodes with a
 * neighbour that moved are looked at again. Source: Traag et al. 2019, supplement, algorithm A.2, MoveNodesFast.
 * @param community [nNodes], numbers below nNodes; changed in place
 * @param breathe called now and then
 * @returns whether any node moved
 */
export async function moveNodes(
  graph: WeightedGraph,
  community: Int32Array,
  resolution: number,
  random: RandomStream,
  breathe: () => Promise<void>,
): Promise<boolean> {
  const { nNodes, offsets, targets, weights, strengths, total } = graph;
  const strength = new Float64Array(nNodes);
  const size = new Int32Array(nNodes);
  for (let node = 0; node < nNodes; node++) {
    strength[community[node]] += strengths[node];
    size[community[node]]++;
  }
  const empty: number[] = [];
  for (let c = nNodes - 1; c >= 0; c--) if (size[c] === 0) empty.push(c);

  // A ring of the nodes to look at; each is in it at most once.
  const queue = random.permutation(nNodes);
  const isQueued = new Uint8Array(nNodes).fill(1);
  let head = 0;
  let nQueued = nNodes;
  let moved = false;
  const weightTo = new Float64Array(nNodes);
  const met = new Int32Array(nNodes);
  for (let turn = 1; nQueued > 0; turn++) {
    if (turn % STRIDE === 0) await breathe();
    const node = queue[head];
    head = (head + 1) % nNodes;
    nQueued--;
    isQueued[node] = 0;
    const own = community[node];
    let nMet = 0;
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      const c = community[targets[edge]];
      if (weightTo[c] === 0) met[nMet++] = c;
      weightTo[c] += weights[edge];
    }
    const pull = (resolution * strengths[node]) / total;
    strength[own] -= strengths[node];
    size[own]--;
    const stay = weightTo[own] - pull * strength[own];
    let best = own;
    let bestGain = stay + LEAST_GAIN;
    for (let i = 0; i < nMet; i++) {
      const c = met[i];
      const gain = weightTo[c] - pull * strength[c];
      if (gain > bestGain) [best, bestGain] = [c, gain];
    }
    // Alone it gains nothing and loses nothing.
    if (bestGain < 0 && size[own] > 0) best = empty.pop()!;
    for (let i = 0; i < nMet; i++) weightTo[met[i]] = 0;
    strength[best] += strengths[node];
    size[best]++;
    if (best === own) continue;
    if (size[own] === 0) empty.push(own);
    community[node] = best;
    moved = true;
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      const other = targets[edge];
      if (isQueued[other] === 1 || community[other] === best) continue;
      isQueued[other] = 1;
      queue[(head + nQueued++) % nNodes] = other;
    }
  }
  return moved;
}
