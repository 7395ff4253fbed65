import type { RandomStream } from '../random-stream.ts';
import { connectedParts } from './connected-parts.ts';
import { modularity } from './modularity.ts';
import { moveNodes } from './move-nodes.ts';
import { refine } from './refine.ts';
import { aggregated, type WeightedGraph } from './weighted-graph.ts';

/** What one more pass has to gain in modularity. */
const LEAST_GAIN = 1e-9;
/** A bound that data hardly reach: passes stop gaining after about ten. */
const MOST_PASSES = 50;

/**
 * Communities of a graph that maximise modularity with a resolution: passes of local moving, refinement and
 * aggregation, each from the communities of the one before, until one gains nothing. Every community is connected.
 * Source: Traag, Waltman & van Eck 2019, From Louvain to Leiden, algorithm A.2.
 * @param breathe called now and then, so that a cancel can arrive
 * @returns [nNodes], 0 … n-1 in no particular order
 */
export async function leidenCommunities(
  graph: WeightedGraph,
  resolution: number,
  random: RandomStream,
  breathe: () => Promise<void> = async () => {},
): Promise<Int32Array> {
  let best: Int32Array = Int32Array.from({ length: graph.nNodes }, (_, node) => node);
  if (graph.total === 0) return best;
  let quality = modularity(graph, best, resolution);
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const next = connectedParts(graph, await leidenPass(graph, best, resolution, random, breathe));
    const nextQuality = modularity(graph, next, resolution);
    if (nextQuality <= quality + LEAST_GAIN) break;
    [best, quality] = [next, nextQuality];
  }
  return numbered(best).codes;
}

/** One pass over all levels. @returns [nNodes] */
async function leidenPass(
  graph: WeightedGraph,
  start: Int32Array,
  resolution: number,
  random: RandomStream,
  breathe: () => Promise<void>,
): Promise<Int32Array> {
  let level = graph;
  let community: Int32Array = start.slice();
  /** Node of the level that each node of the graph is in. */
  let nodeOf: Int32Array = Int32Array.from({ length: graph.nNodes }, (_, node) => node);
  for (;;) {
    await moveNodes(level, community, resolution, random, breathe);
    const { codes, n } = numbered(community);
    if (n === level.nNodes) return nodeOf.map((node) => codes[node]);
    const parts = numbered(refine(level, codes, n, resolution, random));
    // Nothing left to put together: the communities are what moving made them.
    if (parts.n === level.nNodes) return nodeOf.map((node) => codes[node]);
    community = new Int32Array(parts.n);
    for (let node = 0; node < level.nNodes; node++) community[parts.codes[node]] = codes[node];
    nodeOf = nodeOf.map((node) => parts.codes[node]);
    level = aggregated(level, parts.codes, parts.n);
    await breathe();
  }
}

/** The same groups with the numbers 0 … n-1, by first appearance. */
function numbered(group: Int32Array): { codes: Int32Array; n: number } {
  const place = new Int32Array(group.length).fill(-1);
  let n = 0;
  const codes = group.map((g) => {
    if (place[g] < 0) place[g] = n++;
    return place[g];
  });
  return { codes, n };
}
