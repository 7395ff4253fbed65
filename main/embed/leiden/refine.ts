import type { RandomStream } from '../random-stream.ts';
import { byGroup, type WeightedGraph } from './weighted-graph.ts';

/** How far from the best a merge may be chosen (θ of the paper), in units of edge weight. */
const RANDOMNESS = 0.01;

/**
 * Splits each community into parts that are well connected: starting alone, nodes join a part of their community at
 * random, the likelier the more modularity gains; never at a loss, and only from and to what is well connected with
 * the rest of the community. Source: Traag et al. 2019, supplement, algorithm A.2, RefinePartition and
 * MergeNodesSubset.
 * @param community [nNodes], 0 … nCommunities-1
 * @returns part of each node, numbers below nNodes
 */
export function refine(
  graph: WeightedGraph,
  community: Int32Array,
  nCommunities: number,
  resolution: number,
  random: RandomStream,
): Int32Array {
  const { nNodes, offsets, targets, weights, strengths, total } = graph;
  const part = Int32Array.from({ length: nNodes }, (_, node) => node);
  const partStrength = strengths.slice();
  /** Weight between a part and the rest of its community. */
  const cut = new Float64Array(nNodes);
  const isAlone = new Uint8Array(nNodes).fill(1);
  for (let node = 0; node < nNodes; node++) {
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      if (community[targets[edge]] === community[node]) cut[node] += weights[edge];
    }
  }
  const weightTo = new Float64Array(nNodes);
  const met: number[] = [];
  const gains: number[] = [];
  const members = byGroup(community, nCommunities);
  for (let c = 0; c < nCommunities; c++) {
    const nodes = members.nodes.subarray(members.offsets[c], members.offsets[c + 1]);
    if (nodes.length < 2) continue;
    let whole = 0;
    for (const node of nodes) whole += strengths[node];
    const isWellConnected = (p: number): boolean =>
      cut[p] >= (resolution * partStrength[p] * (whole - partStrength[p])) / total;
    for (const place of random.permutation(nodes.length)) {
      const node = nodes[place];
      if (isAlone[node] === 0 || !isWellConnected(node)) continue;
      met.length = 0;
      for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
        const other = targets[edge];
        if (community[other] !== c) continue;
        const p = part[other];
        if (weightTo[p] === 0) met.push(p);
        weightTo[p] += weights[edge];
      }
      gains.length = 0;
      for (const p of met) {
        const gain = weightTo[p] - (resolution * strengths[node] * partStrength[p]) / total;
        gains.push(gain >= 0 && isWellConnected(p) ? gain : -1);
      }
      const chosen = drawByGain(gains, random);
      if (chosen >= 0) {
        const p = met[chosen];
        cut[p] += cut[node] - 2 * weightTo[p];
        partStrength[p] += strengths[node];
        // The part keeps the number of the node that it began with, which therefore is alone no longer.
        isAlone[p] = 0;
        isAlone[node] = 0;
        part[node] = p;
      }
      for (const p of met) weightTo[p] = 0;
    }
  }
  return part;
}

/** Place of a gain, drawn by exp(gain / θ) among those that are no loss and staying alone; -1: stays alone. */
function drawByGain(gains: readonly number[], random: RandomStream): number {
  let most = 0;
  for (const gain of gains) if (gain > most) most = gain;
  let sum = Math.exp(-most / RANDOMNESS);
  for (const gain of gains) if (gain >= 0) sum += Math.exp((gain - most) / RANDOMNESS);
  let drawn = random.uniform() * sum;
  for (let i = 0; i < gains.length; i++) {
    if (gains[i] < 0) continue;
    drawn -= Math.exp((gains[i] - most) / RANDOMNESS);
    if (drawn < 0) return i;
  }
  return -1;
}
