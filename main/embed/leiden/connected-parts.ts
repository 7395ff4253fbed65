import type { WeightedGraph } from './weighted-graph.ts';

/**
 * Communities split where they hang together by no edge, which only raises modularity: the last move of a node may have
 * taken the bridge between two halves away.
 * @returns [nNodes], 0 … n-1
 */
export function connectedParts({ nNodes, offsets, targets }: WeightedGraph, community: Int32Array): Int32Array {
  const part = new Int32Array(nNodes).fill(-1);
  const stack = new Int32Array(nNodes);
  let n = 0;
  for (let first = 0; first < nNodes; first++) {
    if (part[first] >= 0) continue;
    let height = 0;
    stack[height++] = first;
    part[first] = n;
    while (height > 0) {
      const node = stack[--height];
      for (let edge = offsets[node]; edge < offsets[node + 1]; edge++) {
        const other = targets[edge];
        if (part[other] >= 0 || community[other] !== community[node]) continue;
        part[other] = n;
        stack[height++] = other;
      }
    }
    n++;
  }
  return part;
}
