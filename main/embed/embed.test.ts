import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../dataset/progress.ts';
import { adjustedRandIndex } from '../evaluate/clusters/adjusted-rand-index.ts';
import { computeClustering } from './compute-clustering.ts';
import { computeEmbedding } from './compute-embedding.ts';
import { clusteringParameters } from './clustering-parameters.ts';
import { embeddingParameters, type EmbeddingKind } from './embedding-parameters.ts';
import { kmeans } from './kmeans.ts';
import { findNeighbours } from './neighbours.ts';
import type { Points } from './points.ts';
import { principalComponents } from './principal-components.ts';
import { RandomStream } from './random-stream.ts';
import { affinities } from './tsne/affinities.ts';
import { RepulsionTree } from './tsne/repulsion-tree.ts';
import { forceTable, FORCE_PLACES } from './umap/force-table.ts';
import { fuzzyGraph } from './umap/fuzzy-graph.ts';
import { fitSimilarityCurve } from './umap/similarity-curve.ts';

interface Golden {
  nDim: number;
  points: number[];
  curves: { minDist: number; a: number; b: number }[];
  umap: { neighbours: number; edges: [number, number, number][] };
  tsne: { perplexity: number; rowSums: number[]; firstRow: [number, number][] };
  pca: { explained: number[]; scores: number[] };
  kmeans: { k: number; inertia: number }[];
}

const golden = JSON.parse(readFileSync(new URL('./embeddings.golden.json', import.meta.url), 'utf8')) as Golden;
const points: Points = {
  values: Float64Array.from(golden.points),
  nDim: golden.nDim,
  nObs: golden.points.length / golden.nDim,
};

/** Gaussian clusters far apart; `truth` says which observation is in which. */
function blobs(nObs: number, nDim: number, nClusters: number, seed = 3): { points: Points; truth: Int32Array } {
  const random = new RandomStream(seed);
  const centres = Float64Array.from({ length: nClusters * nDim }, () => 8 * random.normal());
  const truth = Int32Array.from({ length: nObs }, (_, i) => i % nClusters);
  const values = Float32Array.from(
    { length: nObs * nDim },
    (_, at) => centres[truth[Math.floor(at / nDim)] * nDim + (at % nDim)] + random.normal(),
  );
  return { points: { values, nObs, nDim }, truth };
}

describe('RandomStream', () => {
  it('repeats for a seed and differs between near seeds', () => {
    const draw = (seed: number) =>
      Array.from(
        { length: 5 },
        (
          (stream) => () =>
            stream.next()
        )(new RandomStream(seed)),
      );
    expect(draw(1)).toEqual(draw(1));
    expect(new Set([...draw(0), ...draw(1), ...draw(2), ...draw(2 ** 40)]).size).toBe(20);
  });

  it('is uniform, normal and permutes', () => {
    const stream = new RandomStream(5);
    const n = 50_000;
    let [sum, normalSum, squares] = [0, 0, 0];
    for (let i = 0; i < n; i++) {
      const u = stream.uniform();
      expect(u >= 0 && u < 1).toBe(true);
      sum += u / n;
      const z = stream.normal();
      normalSum += z / n;
      squares += (z * z) / n;
    }
    expect(sum).toBeCloseTo(0.5, 1);
    expect(Math.abs(normalSum)).toBeLessThan(0.02);
    expect(Math.abs(squares - 1)).toBeLessThan(0.03);
    expect([...stream.permutation(50)].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });
});

describe('findNeighbours', () => {
  it('finds what measuring every pair finds, and never the observation itself', async () => {
    const { nObs, nDim, values } = points;
    const { indices, distances, exact } = await findNeighbours(points, 7);
    expect(exact).toBe(true);
    for (let i = 0; i < nObs; i++) {
      const all = Array.from({ length: nObs }, (_, j) => {
        let squared = 0;
        for (let d = 0; d < nDim; d++) squared += (values[i * nDim + d] - values[j * nDim + d]) ** 2;
        return { j, distance: Math.sqrt(squared) };
      });
      const nearest = all
        .filter(({ j }) => j !== i)
        .sort((a, b) => a.distance - b.distance)
        .slice(0, 7);
      nearest.forEach(({ distance }, at) => expect(distances[i * 7 + at]).toBeCloseTo(distance, 9));
      expect(indices.subarray(i * 7, i * 7 + 7)).not.toContain(i);
    }
  });

  it('copies its results even when a thread made the memory grow', async () => {
    for (let round = 0; round < 4; round++) {
      const { points: many } = blobs(4000 * (round + 1), 4, 5, round);
      const { indices } = await findNeighbours(many, 60);
      expect(indices).toHaveLength(many.nObs * 60);
      expect(indices.every((other) => other >= 0 && other < many.nObs)).toBe(true);
    }
  });

  it('finds most true neighbours when approximate', async () => {
    const { points: many } = blobs(3000, 10, 6);
    const [exact, quick] = [
      await findNeighbours(many, 15, { exact: true }),
      await findNeighbours(many, 15, { exact: false }),
    ];
    let hits = 0;
    for (let i = 0; i < many.nObs; i++) {
      const own = new Set(exact.indices.subarray(i * 15, i * 15 + 15));
      for (const other of quick.indices.subarray(i * 15, i * 15 + 15)) if (own.has(other)) hits++;
    }
    expect(hits / (15 * many.nObs)).toBeGreaterThan(0.9);
  });

  it('refuses more neighbours than there are, and values that are not numbers', async () => {
    await expect(findNeighbours(points, points.nObs)).rejects.toThrow(/at most 149 neighbours/);
    const broken = { ...points, values: points.values.slice() };
    broken.values[13] = NaN;
    await expect(findNeighbours(broken, 5)).rejects.toThrow(/Observation 3 has the value NaN in dimension 2/);
  });
});

describe('UMAP, as umap-learn', () => {
  it.each(golden.curves)('fits the similarity curve for minDist $minDist', ({ minDist, a, b }) => {
    const curve = fitSimilarityCurve(minDist);
    expect(curve.a).toBeCloseTo(a, 4);
    expect(curve.b).toBeCloseTo(b, 4);
  });

  it('builds the same fuzzy graph', async () => {
    const graph = fuzzyGraph(await findNeighbours(points, golden.umap.neighbours - 1));
    const key = (i: number, j: number) => Math.min(i, j) * points.nObs + Math.max(i, j);
    const ours = new Map(Array.from(graph.weight, (weight, at) => [key(graph.from[at], graph.to[at]), weight]));
    expect(ours.size).toBe(graph.weight.length);
    expect(ours.size).toBe(golden.umap.edges.length);
    for (const [i, j, weight] of golden.umap.edges) expect(ours.get(key(i, j))).toBeCloseTo(weight, 4);
  });

  it('tabulates its forces within half a per cent', () => {
    const { a, b } = fitSimilarityCurve(0.1);
    const { attraction, repulsion } = forceTable({ a, b });
    expect(attraction).toHaveLength(FORCE_PLACES);
    expect(attraction.every((force) => force < 0) && repulsion.every((force) => force > 0)).toBe(true);
    const place = 32 * 128 + 64;
    const squared = 1 + 64.5 / 128;
    expect(attraction[place]).toBeCloseTo((-2 * a * b * squared ** (b - 1)) / (1 + a * squared ** b), 12);
    for (let at = 1; at < FORCE_PLACES; at++)
      expect(Math.abs(repulsion[at] / repulsion[at - 1] - 1)).toBeLessThan(0.02);
  });
});

describe('t-SNE', () => {
  it('has the affinities of scikit-learn', async () => {
    const { perplexity, rowSums, firstRow } = golden.tsne;
    const p = affinities(await findNeighbours(points, 3 * perplexity), perplexity);
    rowSums.forEach((sum, i) => {
      const own = p.values.subarray(p.indptr[i], p.indptr[i + 1]).reduce((total, value) => total + value, 0);
      expect(own).toBeCloseTo(sum, 6);
    });
    const row = new Map(Array.from(p.indices.subarray(0, p.indptr[1]), (j, at) => [j, p.values[at]]));
    expect(row.size).toBe(firstRow.length);
    for (const [j, value] of firstRow) expect(row.get(j)).toBeCloseTo(value, 7);
    expect(p.values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 9);
  });

  it.each([2, 3] as const)('measures repulsion in %d dimensions: exact at angle 0, near at 0.5', (nDim) => {
    const random = new RandomStream(1);
    const nObs = 700;
    const layout = new Float64Array(nObs * 3);
    for (let i = 0; i < nObs; i++) for (let d = 0; d < nDim; d++) layout[i * 3 + d] = 10 * random.normal();
    // Identical points must not break the tree.
    for (let i = 0; i < 20; i++) layout.copyWithin(i * 3, 60, 63);
    const expected = new Float64Array(nObs * 3);
    let total = 0;
    for (let i = 0; i < nObs; i++) {
      for (let j = 0; j < nObs; j++) {
        if (i === j) continue;
        const difference = [0, 1, 2].map((d) => layout[i * 3 + d] - layout[j * 3 + d]);
        const q = 1 / (1 + difference.reduce((sum, x) => sum + x * x, 0));
        total += q;
        difference.forEach((x, d) => (expected[i * 3 + d] += q * q * x));
      }
    }
    const tree = new RepulsionTree(nObs, nDim);
    tree.build(layout);
    const forces = new Float64Array(nObs * 3);
    expect(tree.repel(0, forces)).toBeCloseTo(total, 6);
    forces.forEach((force, at) => expect(force).toBeCloseTo(expected[at], 8));
    expect(Math.abs(tree.repel(0.5, forces) / total - 1)).toBeLessThan(0.01);
    const error = Math.hypot(...forces.map((force, at) => force - expected[at])) / Math.hypot(...expected);
    expect(error).toBeLessThan(0.03);
  });
});

describe('principal components, as scikit-learn', () => {
  it('match up to sign, and by fewer observations than dimensions too', () => {
    const { scores, explained } = principalComponents(points, 3);
    golden.pca.explained.forEach((share, c) => expect(explained[c]).toBeCloseTo(share, 9));
    golden.pca.scores.forEach((score, at) => expect(Math.abs(scores[at])).toBeCloseTo(score, 9));
    const few = { values: points.values.slice(0, 5 * 6), nObs: 5, nDim: 6 };
    const wide = principalComponents(few, 3);
    const tall = principalComponents(
      { values: Float64Array.from([...few.values, ...few.values]), nObs: 10, nDim: 6 },
      3,
    );
    for (let at = 0; at < 15; at++) expect(wide.scores[at]).toBeCloseTo(tall.scores[at], 8);
  });
});

describe('computeEmbedding', () => {
  const { points: many, truth } = blobs(400, 8, 5);

  it.each([
    ['umap', 2],
    ['umap', 3],
    ['tsne', 2],
    ['tsne', 3],
    ['pca', 2],
    ['pca', 3],
  ] as [EmbeddingKind, 2 | 3][])('%s in %d dimensions keeps clusters apart and repeats', async (kind, nDim) => {
    const parameters = { nDim, ...(kind === 'tsne' ? { iterations: 400 } : {}) };
    const reports: Progress[] = [];
    const first = await computeEmbedding(kind, many, parameters, { report: (progress) => reports.push(progress) });
    expect(first.values).toHaveLength(many.nObs * nDim);
    expect(first.values.every(Number.isFinite)).toBe(true);
    expect(first.notes).toEqual([]);
    const again = await computeEmbedding(kind, many, parameters);
    expect(again.values).toEqual(first.values);
    if (kind === 'pca') return;
    const { codes } = await kmeans({ values: first.values, nObs: many.nObs, nDim }, { k: 5, restarts: 10, seed: 1 });
    expect(adjustedRandIndex(truth, codes)).toBeGreaterThan(0.99);
    expect((await computeEmbedding(kind, many, { ...parameters, seed: 2 })).values).not.toEqual(first.values);
    expect(reports.length).toBeGreaterThan(0);
  });

  it.each(['umap', 'tsne', 'pca'] as const)(
    '%s of hardly any observations works, and says what it changed',
    async (kind) => {
      for (const nObs of [0, 1, 2, 4, 5, 9, 30]) {
        const few = { values: many.values.slice(0, nObs * 8), nObs, nDim: 8 };
        const { values, notes } = await computeEmbedding(kind, few, { nDim: 3 });
        expect(values).toHaveLength(nObs * 3);
        expect(values.every(Number.isFinite)).toBe(true);
        if (kind !== 'pca' && nObs < 10) expect(notes.join()).toMatch(/too few|reduced/);
      }
    },
  );

  it.each(['umap', 'tsne'] as const)('%s places identical observations and spaces of one dimension', async (kind) => {
    const same = await computeEmbedding(kind, { values: new Float32Array(60), nObs: 20, nDim: 3 }, { nDim: 2 });
    expect(same.values.every(Number.isFinite)).toBe(true);
    const line = await computeEmbedding(
      kind,
      { values: Float32Array.from({ length: 50 }, (_, i) => i), nObs: 50, nDim: 1 },
      { nDim: 3 },
    );
    expect(line.values.every(Number.isFinite)).toBe(true);
  });

  it.each(['umap', 'tsne'] as const)('%s hears cancel between its steps', async (kind) => {
    const abort = new AbortController();
    const started = computeEmbedding(
      kind,
      blobs(3000, 8, 5).points,
      { nDim: 2 },
      {
        signal: abort.signal,
        report: ({ stage, fraction }) => {
          if (stage.startsWith('Laying out') && fraction !== null) abort.abort();
        },
      },
    );
    await expect(started).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('gives equal keys for equal settings, and refuses what it does not know', async () => {
    expect(JSON.stringify(embeddingParameters('umap', { seed: 1, minDist: 0.1 }))).toBe(
      JSON.stringify(embeddingParameters('umap')),
    );
    expect(Object.keys(embeddingParameters('tsne'))).toEqual(['iterations', 'perplexity', 'seed']);
    expect(() => embeddingParameters('tsne', { perplexities: 3 })).toThrow(/perplexities.*\n?/);
    expect(() => embeddingParameters('umap', { minDist: 2 })).toThrow(/'minDist' of umap/);
    await expect(computeEmbedding('pca', many, { nDim: 4 as 2 })).rejects.toThrow(/2 or 3 dimensions/);
    await expect(
      computeEmbedding('pca', { values: new Float32Array(4), nObs: 4, nDim: 1 }, { nDim: 2 }),
    ).rejects.toThrow(/has 1 dimension/);
  });
});

describe('computeClustering', () => {
  it.each(golden.kmeans)(
    'k-means with $k clusters is no worse than scikit-learn with 100 starts',
    async ({ k, inertia }) => {
      const { summary, codes, nClusters } = await computeClustering('kmeans', points, { k, restarts: 100 });
      expect(summary.inertia).toBeLessThanOrEqual(inertia * (1 + 1e-9));
      expect(nClusters).toBe(k);
      const sizes = new Array<number>(k).fill(0);
      codes.forEach((code) => sizes[code]++);
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    },
  );

  it.each(['kmeans', 'leiden'] as const)('%s finds clusters and repeats for a seed', async (kind) => {
    const { points: many, truth } = blobs(600, 8, 6);
    const parameters = kind === 'kmeans' ? { k: 6 } : { resolution: 0.3 };
    const first = await computeClustering(kind, many, parameters);
    expect(adjustedRandIndex(truth, first.codes)).toBeGreaterThan(0.99);
    expect((await computeClustering(kind, many, parameters)).codes).toEqual(first.codes);
  });

  it('forms more clusters at a higher resolution', async () => {
    const { points: many } = blobs(600, 8, 6);
    const [low, high] = [
      await computeClustering('leiden', many, { resolution: 0.1 }),
      await computeClustering('leiden', many, { resolution: 3 }),
    ];
    expect(high.nClusters).toBeGreaterThan(low.nClusters);
  });

  it('serves hardly any observations, and says what it changed', async () => {
    for (const nObs of [0, 1, 2, 3, 8]) {
      const few = { values: points.values.slice(0, nObs * 6), nObs, nDim: 6 };
      const { codes, notes } = await computeClustering('leiden', few, {});
      expect(codes).toHaveLength(nObs);
      expect(notes.join()).toMatch(/too few|reduced/);
    }
    const same = await computeClustering('kmeans', { values: new Float32Array(30), nObs: 10, nDim: 3 }, { k: 3 });
    expect(same.nClusters).toBe(1);
    expect(same.notes.join()).toMatch(/Only 1 of 3/);
    const one = await computeClustering('kmeans', { values: Float32Array.from([1, 2]), nObs: 1, nDim: 2 }, { k: 1 });
    expect([...one.codes]).toEqual([0]);
  });

  it('refuses impossible settings in plain words', async () => {
    await expect(computeClustering('kmeans', points, { k: 200 })).rejects.toThrow(
      /150 observations cannot form 200 clusters/,
    );
    await expect(computeClustering('kmeans', points, {})).rejects.toThrow(/'k' of kmeans/);
    expect(clusteringParameters('leiden', { resolution: 1 })).toEqual({ neighbours: 15, resolution: 1, seed: 1 });
  });
});
