import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import { h5adReader } from '../formats/h5ad/h5ad-reader.ts';
import { findMitochondrial } from '../preprocess/quality/mitochondrial.ts';
import { simulate } from './simulate.ts';
import { writeSimulated } from './write-simulated.ts';

async function collect(chunks: AsyncIterable<CsrChunk>) {
  const rows: { indices: number[]; values: number[] }[] = [];
  const sizes: number[] = [];
  for await (const chunk of chunks) {
    expect(chunk.start).toBe(rows.length);
    sizes.push(chunk.nObs);
    for (let i = 0; i < chunk.nObs; i++) {
      const from = chunk.indptr[i];
      const to = chunk.indptr[i + 1];
      rows.push({ indices: [...chunk.indices.subarray(from, to)], values: [...chunk.values.subarray(from, to)] });
    }
  }
  return { rows, sizes };
}

describe('simulate', () => {
  it('gives the same data for the same seed, whatever the size of the chunks, and other data for another', async () => {
    const options = { cells: 300, genes: 120, batches: 2, seed: 7 };
    const small = await collect(simulate(options, 1).matrices[0].chunks());
    const data = simulate(options);
    const large = await collect(data.matrices[0].chunks());
    const again = await collect(data.matrices[0].chunks());
    expect(small.sizes.length).toBeGreaterThan(large.sizes.length);
    expect(small.rows).toEqual(large.rows);
    expect(again.rows).toEqual(large.rows);
    expect((await collect(simulate({ ...options, seed: 8 }).matrices[0].chunks())).rows).not.toEqual(large.rows);
  });

  it('streams a valid matrix: every observation once, ascending variables, positive integers', async () => {
    const data = simulate({ cells: 200, genes: 150 });
    const { rows } = await collect(data.matrices[0].chunks());
    expect(rows).toHaveLength(200);
    for (const { indices, values } of rows) {
      expect(indices.every((j, k) => j < 150 && (k === 0 || indices[k - 1] < j))).toBe(true);
      expect(values.every((value) => Number.isInteger(value) && value > 0)).toBe(true);
    }
    expect(new Set(data.obs.names).size).toBe(200);
    expect(new Set(data.var.names).size).toBe(150);
    expect(findMitochondrial(data.var).nGenes).toBeGreaterThan(0);
  });

  it('draws counts around the true means, less what dropout takes', async () => {
    for (const dropout of [0, 0.3]) {
      const data = simulate({ cells: 1500, genes: 60, dropout });
      const means = data.trueMeans(0, 1500);
      const lost = data.dropoutProbability(0, 1500);
      const expected = new Float64Array(60);
      const variance = new Float64Array(60);
      const seen = new Float64Array(60);
      means.forEach((mean, k) => {
        const kept = 1 - lost[k];
        expected[k % 60] += mean * kept;
        // At most: no gene of these has a dispersion above 1.
        variance[k % 60] += kept * (mean + mean * mean) + kept * lost[k] * mean * mean;
      });
      const { rows } = await collect(data.matrices[0].chunks());
      for (const { indices, values } of rows) indices.forEach((j, k) => (seen[j] += values[k]));
      const ratio = seen.reduce((a, b) => a + b) / expected.reduce((a, b) => a + b);
      expect(ratio).toBeGreaterThan(0.98);
      expect(ratio).toBeLessThan(1.02);
      for (let j = 0; j < 60; j++) expect(Math.abs(seen[j] - expected[j])).toBeLessThan(5 * Math.sqrt(variance[j]));
    }
  });

  it('hands out the counts before dropout: the same ones, and those that were lost', async () => {
    const data = simulate({ cells: 150, genes: 80, dropout: 0.4 });
    const [{ rows: measured }, { rows: whole }] = [
      await collect(data.matrices[0].chunks()),
      await collect(data.countsBeforeDropout()),
    ];
    let lost = 0;
    measured.forEach(({ indices, values }, i) => {
      const of = new Map(whole[i].indices.map((j, k) => [j, whole[i].values[k]]));
      indices.forEach((j, k) => expect(of.get(j)).toBe(values[k]));
      lost += whole[i].indices.length - indices.length;
    });
    const all = whole.reduce((n, { indices }) => n + indices.length, 0);
    expect(lost / all).toBeGreaterThan(0.36);
    expect(lost / all).toBeLessThan(0.44);
  });

  it('loses the share of counts that is asked for', async () => {
    const nonzero = async (dropout: number) =>
      (await collect(simulate({ cells: 600, genes: 300, dropout }).matrices[0].chunks())).rows.reduce(
        (n, row) => n + row.indices.length,
        0,
      );
    const whole = await nonzero(0);
    expect(1 - (await nonzero(0.25)) / whole).toBeCloseTo(0.25, 1);
    expect(1 - (await nonzero(0.6)) / whole).toBeCloseTo(0.6, 1);
  });

  it('scales the true means to the library sizes, and raises the markers of a type', () => {
    const data = simulate({ cells: 400, genes: 200, types: 3, batches: 2 });
    const means = data.trueMeans(0, 400);
    const size = data.obs.columns.find(({ name }) => name === 'true_library_size');
    if (size?.kind !== 'numeric') throw new Error('The true library sizes are missing.');
    const librarySize = size.values;
    for (let i = 0; i < 400; i++) {
      const total = means.subarray(i * 200, (i + 1) * 200).reduce((a, b) => a + b, 0);
      expect(total / librarySize[i]).toBeCloseTo(1, 5);
    }
    const share = (type: number, j: number) => {
      let sum = 0;
      let n = 0;
      for (let i = 0; i < 400; i++) {
        if (data.labels[i] !== type) continue;
        sum += means[i * 200 + j] / librarySize[i];
        n++;
      }
      return sum / n;
    };
    let markers = 0;
    data.markerOf.forEach((type, j) => {
      if (type < 0) return;
      markers++;
      const others = [0, 1, 2].filter((t) => t !== type).map((t) => share(t, j));
      expect(share(type, j)).toBeGreaterThan(Math.min(...others));
    });
    expect(markers).toBeGreaterThan(10);
    expect([...data.trueMeans(17, 19)]).toEqual([...means.subarray(17 * 200, 19 * 200)]);
  });

  it('names every type, and every batch', () => {
    const data = simulate({ cells: 50, genes: 30, types: 9, batches: 3 });
    const [types, batches] = data.obs.columns;
    expect(types).toMatchObject({ kind: 'categorical', name: 'cell_type' });
    expect(new Set(data.labels)).toEqual(new Set(Array.from({ length: 9 }, (_, t) => t)));
    expect(batches).toMatchObject({ name: 'batch', categories: ['Batch 1', 'Batch 2', 'Batch 3'] });
  });

  it.each([
    ['layers', 'hex', 1],
    ['layers', 'square', 2],
    ['lobes', 'hex', 3],
  ] as const)('lays %s on a %s grid as tissue', (tissue, grid, seed) => {
    const data = simulate({ cells: 900, genes: 40, types: 5, spatial: true, tissue, grid, seed, spacing: 55 });
    const [{ values, unit, nDim }] = data.obsm;
    expect([nDim, unit, values.length]).toEqual([2, 'µm', 1800]);
    expect(new Set(data.labels).size).toBe(5);
    let neighbours = 0;
    let same = 0;
    let closest = Infinity;
    for (let i = 0; i < 900; i++) {
      for (let j = 0; j < 900; j++) {
        if (i === j) continue;
        const distance = Math.hypot(values[2 * i] - values[2 * j], values[2 * i + 1] - values[2 * j + 1]);
        closest = Math.min(closest, distance);
        if (distance > 55.1) continue;
        neighbours++;
        if (data.labels[i] === data.labels[j]) same++;
      }
    }
    expect(closest).toBeCloseTo(55, 6);
    // Most spots are inside, with all their neighbours on the grid; regions are connected areas.
    expect(neighbours / 900).toBeGreaterThan(grid === 'hex' ? 5.4 : 3.6);
    expect(same / neighbours).toBeGreaterThan(0.75);
  });

  it('changes expression smoothly over tissue', () => {
    const data = simulate({ cells: 900, genes: 100, types: 4, spatial: true, librarySpread: 0 });
    const means = data.trueMeans(0, 900);
    const difference = (i: number, j: number) => {
      let sum = 0;
      for (let g = 0; g < 100; g++) sum += Math.abs(Math.log(means[i * 100 + g] / means[j * 100 + g]));
      return sum;
    };
    let near = 0;
    let far = 0;
    for (let i = 0; i + 1 < 900; i++) {
      near += difference(i, i + 1);
      far += difference(i, (i + 450) % 900);
    }
    expect(near).toBeLessThan(0.5 * far);
  });

  it('keeps to bounded memory for many cells: only what is small per cell is held', async () => {
    const data = simulate({ cells: 60_000, genes: 20_000, types: 12, spatial: true });
    const abort = new AbortController();
    let entries = 0;
    let largest = 0;
    const before = process.memoryUsage().arrayBuffers;
    let peak = before;
    for await (const chunk of data.matrices[0].chunks(abort.signal)) {
      entries += chunk.indices.length;
      largest = Math.max(largest, chunk.indices.byteLength + chunk.values.byteLength);
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
      if (chunk.start + chunk.nObs >= 2000) break;
    }
    expect(entries).toBeGreaterThan(1_000_000);
    expect(largest).toBeLessThan(6 * 2 ** 20);
    expect(peak - before).toBeLessThan(200 * 2 ** 20);
  });

  it('hears a cancel between chunks', async () => {
    const abort = new AbortController();
    const chunks = simulate({ cells: 5000, genes: 500 }, 1).matrices[0].chunks(abort.signal);
    const read = async () => {
      for await (const chunk of chunks) if (chunk.start > 200) abort.abort();
    };
    await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('refuses impossible settings in plain words', () => {
    expect(() => simulate({ cells: 3 })).toThrow(/cells/);
    expect(() => simulate({ dropout: 1.5 })).toThrow(/dropout/);
  });
});

describe('writeSimulated', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'lacuna-simulate-'));
  afterAll(() => fs.rmSync(folder, { recursive: true }));
  const data = simulate({ cells: 120, genes: 60, spatial: true });

  it('keeps the unit of the coordinates and the size of the spots in .h5ad', async () => {
    const file = path.join(folder, 'section.h5ad');
    await writeSimulated(file, data);
    const back = await h5adReader.open(file, {});
    try {
      expect(back.obsm.find(({ name }) => name === 'spatial')?.unit).toBe('µm');
      expect(back.spatial).toMatchObject({ obsm: 'spatial', micrometresPerUnit: 1, spotSize: 55, spotShape: 'circle' });
    } finally {
      back.close();
    }
  });

  it.each(['tissue.h5ad', 'tissue.h5', 'tissue'])('writes %s', async (name) => {
    const result = await writeSimulated(path.join(folder, name), data);
    expect(fs.existsSync(path.join(folder, name))).toBe(true);
    const { rows } = await collect(data.matrices[0].chunks());
    expect(result.nValues).toBe(rows.reduce((n, row) => n + row.indices.length, 0));
    expect(result.warnings.some((warning) => /coordinates/.test(warning))).toBe(name !== 'tissue.h5ad');
  });
});
