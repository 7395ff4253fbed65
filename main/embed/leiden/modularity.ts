import type { WeightedGraph } from './weighted-graph.ts';

/**
 * Modularity of a partition, between -1 and 1: the share of the weight within communities less `resolution` times the
 * share that chance would put there. Source: Reichardt & Bornholdt 2006, equation 5, with the configuration model.
 * @param community [nNodes], numbers below nNodes
 */
export function modularity(graph: WeightedGraph, community: Int32Array, resolution: number): number {
  const { nNodes, offsets, targets, weights, strengths, total } = graph;
  if (total === 0) return 0;
  const strength = new Float64Array(nNodes);
  let within = 0;
  for (let node = 0; node < nNodes; node++) {
    strength[community[node]] += strengths[node];
    let own = strengths[node];
    for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
      // What is not to another community is within: that of the edges and that of the node itself.
      if (community[targets[edge]] !== community[node]) own -= weights[edge];
    }
    within += own;
  }
  let byChance = 0;
  for (const one of strength) byChance += (one / total) ** 2;
  return within / total - resolution * byChance;
}
