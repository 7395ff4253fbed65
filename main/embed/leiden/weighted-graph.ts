/**
 * An undirected graph with weighted edges, each held at both of its ends (compressed sparse rows). Nodes may stand for
 * several observations; the weight within them is part of their strength.
 */
export interface WeightedGraph {
  nNodes: number;
  /** [nNodes + 1], offsets into `targets` and `weights` */
  offsets: Int32Array;
  /** [2 · nEdges], never the node itself */
  targets: Int32Array;
  /** [2 · nEdges], positive */
  weights: Float64Array;
  /** Summed weight of a node's edges; what lies within the node counts twice. [nNodes] */
  strengths: Float64Array;
  /** Sum of the strengths: twice the weight of all edges. */
  total: number;
}

/** Edges, each pair once. */
export interface EdgeList {
  from: Int32Array;
  to: Int32Array;
  weight: Float64Array;
}

/** The graph of a list of edges between different nodes. */
export function weightedGraph(nNodes: number, { from, to, weight }: EdgeList): WeightedGraph {
  const offsets = new Int32Array(nNodes + 1);
  for (let edge = 0; edge < from.length; edge++) {
    offsets[from[edge] + 1]++;
    offsets[to[edge] + 1]++;
  }
  for (let node = 0; node < nNodes; node++) offsets[node + 1] += offsets[node];
  const next = offsets.slice();
  const targets = new Int32Array(2 * from.length);
  const weights = new Float64Array(2 * from.length);
  const strengths = new Float64Array(nNodes);
  for (let edge = 0; edge < from.length; edge++) {
    const [a, b, w] = [from[edge], to[edge], weight[edge]];
    targets[next[a]] = b;
    weights[next[a]++] = w;
    targets[next[b]] = a;
    weights[next[b]++] = w;
    strengths[a] += w;
    strengths[b] += w;
  }
  return { nNodes, offsets, targets, weights, strengths, total: strengths.reduce((sum, one) => sum + one, 0) };
}

/** The graph whose nodes are the groups of another's: edges between groups add up. @param group [nNodes], 0 … nGroups-1 */
export function aggregated(graph: WeightedGraph, group: Int32Array, nGroups: number): WeightedGraph {
  const { nNodes, offsets, targets, weights } = graph;
  const members = byGroup(group, nGroups);
  const strengths = new Float64Array(nGroups);
  for (let node = 0; node < nNodes; node++) strengths[group[node]] += graph.strengths[node];
  const newOffsets = new Int32Array(nGroups + 1);
  const newTargets: number[] = [];
  const newWeights: number[] = [];
  const sum = new Float64Array(nGroups);
  for (let g = 0; g < nGroups; g++) {
    const met: number[] = [];
    for (let at = members.offsets[g]; at < members.offsets[g + 1]; at++) {
      const node = members.nodes[at];
      for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
        const other = group[targets[edge]];
        if (other === g) continue;
        if (sum[other] === 0) met.push(other);
        sum[other] += weights[edge];
      }
    }
    for (const other of met) {
      newTargets.push(other);
      newWeights.push(sum[other]);
      sum[other] = 0;
    }
    newOffsets[g + 1] = newTargets.length;
  }
  return {
    nNodes: nGroups,
    offsets: newOffsets,
    targets: Int32Array.from(newTargets),
    weights: Float64Array.from(newWeights),
    strengths,
    total: graph.total,
  };
}

/** Nodes sorted by group, groups one after the other; within a group by number. */
export function byGroup(group: Int32Array, nGroups: number): { offsets: Int32Array; nodes: Int32Array } {
  const offsets = new Int32Array(nGroups + 1);
  for (const g of group) offsets[g + 1]++;
  for (let g = 0; g < nGroups; g++) offsets[g + 1] += offsets[g];
  const next = offsets.slice();
  const nodes = new Int32Array(group.length);
  for (let node = 0; node < group.length; node++) nodes[next[group[node]]++] = node;
  return { offsets, nodes };
}
