import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DatasetSource } from '../dataset/dataset-source.ts';
import golden from './formats.golden.json' with { type: 'json' };
import { inspectPath, openPath } from './registry.ts';
import { checkedChunks } from './testing/collect-matrix.ts';

const data = process.env['LACUNA_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data');

interface Golden {
  path: string;
  options: Record<string, string>;
  nObs: number;
  nVar: number;
  nnz: number;
  sum: number;
  sumByObs: number;
  sumByVar: number;
  obsNames?: string | null;
  varNames?: string | null;
  categorical?: { name: string; digest: string };
  numeric?: { name: string; sum: number };
  obsm?: Record<string, number>;
}

describe.each(Object.entries(golden as unknown as Record<string, Golden>))('%s', (_name, expected) => {
  const path = join(data, expected.path);

  it.skipIf(!existsSync(path))('reads what h5py, anndata and scipy read', async () => {
    const inspection = await inspectPath(path, { options: expected.options });
    expect(inspection).toMatchObject({ nObs: expected.nObs, nVar: expected.nVar, nnz: expected.nnz });
    expect(inspection.valuesSampled).toBe(expected.nnz);

    const source = await openPath(path, { options: expected.options });
    try {
      const sums = { sum: 0, sumByObs: 0, sumByVar: 0 };
      let nObs = 0;
      let nnz = 0;
      let scale = 0;
      for await (const chunk of checkedChunks(source.matrices[0].chunks(), expected.nVar)) {
        for (let obs = 0; obs < chunk.nObs; obs++) {
          for (let i = chunk.indptr[obs]; i < chunk.indptr[obs + 1]; i++) {
            const value = chunk.values[i];
            sums.sum += value;
            sums.sumByObs += value * ((chunk.start + obs) % 97);
            sums.sumByVar += value * (chunk.indices[i] % 89);
            scale += Math.abs(value);
          }
        }
        nObs += chunk.nObs;
        nnz += chunk.values.length;
      }
      expect({ nObs, nnz }).toEqual({ nObs: expected.nObs, nnz: expected.nnz });
      // Counts are exact; other values are kept as 32-bit floats.
      expect(Math.abs(sums.sum - expected.sum)).toBeLessThanOrEqual(1e-6 * scale);
      expect(Math.abs(sums.sumByObs - expected.sumByObs)).toBeLessThanOrEqual(1e-6 * 97 * scale);
      expect(Math.abs(sums.sumByVar - expected.sumByVar)).toBeLessThanOrEqual(1e-6 * 89 * scale);
      if (source.matrices[0].valueKind === 'counts')
        expect(sums).toEqual({ sum: expected.sum, sumByObs: expected.sumByObs, sumByVar: expected.sumByVar });
      checkNames(source, expected);
      await checkAnnotations(source, expected);
    } finally {
      source.close();
    }
  });
});

function checkNames(source: DatasetSource, expected: Golden): void {
  expect(source.obs.names.length).toBe(expected.nObs);
  expect(source.var.names.length).toBe(expected.nVar);
  expect(new Set(source.obs.names).size).toBe(expected.nObs);
  expect(new Set(source.var.names).size).toBe(expected.nVar);
  if (expected.obsNames) expect(digest(source.obs.names)).toBe(expected.obsNames);
  if (expected.varNames) expect(digest(source.var.names)).toBe(expected.varNames);
}

async function checkAnnotations(source: DatasetSource, { categorical, numeric, obsm }: Golden): Promise<void> {
  if (categorical) {
    const column = source.obs.columns.find(({ name }) => name === categorical.name);
    if (column?.kind !== 'categorical') throw new Error(`${categorical.name} is ${column?.kind ?? 'missing'}`);
    expect(digest(Array.from(column.codes, (code) => column.categories[code] ?? ''))).toBe(categorical.digest);
  }
  if (numeric) {
    const column = source.obs.columns.find(({ name }) => name === numeric.name);
    if (column?.kind !== 'numeric') throw new Error(`${numeric.name} is ${column?.kind ?? 'missing'}`);
    expect(column.values.reduce((a, b) => a + b, 0) / numeric.sum).toBeCloseTo(1, 6);
  }
  for (const [name, sum] of Object.entries(obsm ?? {})) {
    const array = source.obsm.find((one) => one.name === name);
    if (array === undefined) {
      // Proteins beside the genes are a modality of their own.
      const [protein] = source.modalities ?? [];
      let total = 0;
      for await (const { values } of protein.matrix.chunks()) for (const value of values) total += value;
      expect(Math.abs(total - sum)).toBeLessThanOrEqual(1e-6 * Math.abs(sum));
      continue;
    }
    expect(array.values.length).toBe(source.nObs * array.nDim);
    const total = array.values.reduce((a, b) => a + b, 0);
    expect(Math.abs(total - sum)).toBeLessThanOrEqual(1e-6 * Math.max(1, Math.abs(sum)));
  }
}

function digest(names: readonly string[]): string {
  return createHash('sha256').update(names.join('\n')).digest('hex').slice(0, 16);
}
