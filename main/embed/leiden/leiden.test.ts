import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { leiden } from '../leiden.ts';
import { RandomStream } from '../random-stream.ts';
import { connectedParts } from './connected-parts.ts';
import { leidenCommunities } from './leiden-communities.ts';
import { modularity } from './modularity.ts';
import { aggregated, weightedGraph, type WeightedGraph } from './weighted-graph.ts';

type Edge = [number, number, number];
interface Golden {
  graphs: {
    name: string;
    nNodes: number;
    edges: Edge[] | null;
    figures: {
      resolution: number;
      leiden: { mean: number; most: number };
      louvain: { mean: number; most: number };
    }[];
  }[];
}

const read = <T>(name: string): T => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8')) as T;
const golden = read<Golden>('./leiden.golden.json');
const neighbours = read<{ umap: { edges: Edge[] } }>('../embeddings.golden.json').umap.edges;

function graphOf(nNodes: number, edges: readonly Edge[]): WeightedGraph {
  return weightedGraph(nNodes, {
    from: Int32Array.from(edges, ([i]) => i),
    to: Int32Array.from(edges, ([, j]) => j),
    weight: Float64Array.from(edges, ([, , w]) => w),
  });
}

function randomGraph(seed: number): WeightedGraph {
  const random = new RandomStream(seed);
  const nNodes = 5 + random.below(80);
  const edges = new Map<string, Edge>();
  for (let at = 0; at < nNodes * (1 + random.below(4)); at++) {
    const [i, j] = [random.below(nNodes), random.below(nNodes)];
    if (i < j) edges.set(`${i}-${j}`, [i, j, 0.01 + random.uniform()]);
  }
  return graphOf(nNodes, [...edges.values()]);
}

const nGroups = (codes: Int32Array): number => new Set(codes).size;

describe('leidenCommunities', () => {
  const cases = golden.graphs.flatMap(({ name, nNodes, edges, figures }) =>
    figures.map((figure) => ({ name, nNodes, edges: edges ?? neighbours, ...figure })),
  );
  it.each(cases)(
    'reaches the modularity of leidenalg and that of Louvain: $name, resolution $resolution',
    async ({ nNodes, edges, resolution, leiden: peer, louvain }) => {
      const graph = graphOf(nNodes, edges);
      const reached: number[] = [];
      for (let seed = 0; seed < 10; seed++)
        reached.push(modularity(graph, await leidenCommunities(graph, resolution, new RandomStream(seed)), resolution));
      const mean = reached.reduce((sum, one) => sum + one / reached.length, 0);
      // Ten seeds of each: what chance leaves between two means of ten.
      expect(mean).toBeGreaterThan(peer.mean - 0.004);
      expect(Math.max(...reached)).toBeGreaterThan(peer.most - 0.004);
      expect(Math.max(...reached)).toBeGreaterThanOrEqual(louvain.mean - 1e-9);
    },
  );

  it('makes connected communities that no single move and no merge of two improves', async () => {
    for (let seed = 0; seed < 40; seed++) {
      const graph = randomGraph(seed);
      const resolution = [0.2, 1, 3][seed % 3];
      const codes = await leidenCommunities(graph, resolution, new RandomStream(seed));
      const n = nGroups(codes);
      expect(Math.max(...codes)).toBe(n - 1);
      expect(nGroups(connectedParts(graph, codes))).toBe(n);
      const quality = modularity(graph, codes, resolution);
      for (let node = 0; node < graph.nNodes; node++) {
        for (let edge = graph.offsets[node]; edge < graph.offsets[node + 1]; edge++) {
          const other = codes[graph.targets[edge]];
          if (other === codes[node]) continue;
          const moved = codes.slice();
          moved[node] = other;
          expect(modularity(graph, moved, resolution)).toBeLessThan(quality + 1e-6);
          const merged = codes.map((code) => (code === other ? codes[node] : code));
          expect(modularity(graph, merged, resolution)).toBeLessThan(quality + 1e-6);
        }
      }
    }
  });

  it('repeats for a seed, and finds two cliques that one edge joins', async () => {
    const edges: Edge[] = [[0, 5, 1]];
    for (const first of [0, 5])
      for (let i = 0; i < 5; i++) for (let j = i + 1; j < 5; j++) edges.push([first + i, first + j, 1]);
    const graph = graphOf(10, edges);
    const codes = await leidenCommunities(graph, 1, new RandomStream(1));
    expect([...codes]).toEqual([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]);
    // Of the 21 edges 20 lie within; each half has 21 of the 42 ends.
    expect(modularity(graph, codes, 1)).toBeCloseTo(20 / 21 - 0.5, 12);
    expect(nGroups(await leidenCommunities(graph, 0, new RandomStream(1)))).toBe(1);
    expect(nGroups(await leidenCommunities(graph, 100, new RandomStream(1)))).toBe(10);
    const big = randomGraph(7);
    const twice = [1, 1].map((seed) => leidenCommunities(big, 1, new RandomStream(seed)));
    expect(await twice[0]).toEqual(await twice[1]);
  });

  it('leaves nodes without edges alone', async () => {
    expect([...(await leidenCommunities(graphOf(3, []), 1, new RandomStream(1)))]).toEqual([0, 1, 2]);
    const codes = await leidenCommunities(graphOf(4, [[1, 2, 0.5]]), 1, new RandomStream(1));
    expect(nGroups(codes)).toBe(3);
    expect(codes[1]).toBe(codes[2]);
  });
});

describe('aggregated', () => {
  it('keeps modularity, strengths and the total', () => {
    for (let seed = 0; seed < 10; seed++) {
      const graph = randomGraph(seed);
      const random = new RandomStream(seed);
      const group = Int32Array.from({ length: graph.nNodes }, (_, i) => (i < 4 ? i : random.below(4)));
      const small = aggregated(graph, group, 4);
      expect(small.total).toBe(graph.total);
      expect(small.strengths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(graph.total, 9);
      const coarse = Int32Array.from([0, 1, 1, 0]);
      expect(modularity(small, coarse, 1.5)).toBeCloseTo(
        modularity(
          graph,
          group.map((g) => coarse[g]),
          1.5,
        ),
        10,
      );
    }
  });
});

describe('leiden', () => {
  it('makes no crumbs: groups of a mixture stay whole at a high resolution', async () => {
    const random = new RandomStream(2);
    const [nObs, nDim] = [900, 5];
    const values = Float32Array.from({ length: nObs * nDim }, () => random.normal());
    const { codes, nClusters } = await leiden({ values, nObs, nDim }, { neighbours: 15, resolution: 3, seed: 1 });
    const sizes = new Int32Array(nClusters);
    for (const code of codes) sizes[code]++;
    expect(nClusters).toBeGreaterThan(8);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(8);
  });

  it('hears a cancel', async () => {
    const values = new Float32Array(300).map((_, i) => Math.sin(i * i));
    const task = { signal: AbortSignal.abort() };
    await expect(
      leiden({ values, nObs: 100, nDim: 3 }, { neighbours: 10, resolution: 1, seed: 1 }, task),
    ).rejects.toBeInstanceOf(LacunaError);
  });
});
