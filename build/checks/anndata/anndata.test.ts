import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COUNTS, DENOISED, denseChunks, smallSource, sparseRows } from '../../../main/export/fixtures/small-source.ts';
import { writeH5ad } from '../../../main/export/h5ad/write-h5ad.ts';
import { anndataPython } from './anndata-python.ts';

interface Seen {
  shape: number[];
  X: { sparse: boolean; format: string; dtype: string; sum: number; nonzero: number; values?: number[][] };
  layers: Record<string, Seen['X']>;
  obs: {
    index: string[];
    columns: Record<string, { dtype: string; head: unknown[]; categories?: string[]; ordered?: boolean }>;
  };
  var: Seen['obs'];
  obsm: Record<string, { shape: number[]; dtype: string; sum: number }>;
  uns: Record<string, unknown>;
}

const environment = await anndataPython();
const why = 'reason' in environment ? ` (skipped: ${environment.reason})` : '';
const float32 = (rows: number[][]): number[][] => rows.map((row) => row.map(Math.fround));

describe.skipIf('reason' in environment)(`anndata's own reader${why}`, () => {
  let folder: string;
  let seen: Record<string, { memory: Seen; backed: Seen }>;
  const file = (name: string): string => join(folder, `${name}.h5ad`);
  // Wider than a chunk of the file, longer than a write, so that every seam is crossed.
  const nObs = 700;
  const nVar = 4000;
  const value = (row: number, variable: number): number => ((row * 31 + variable * 17) % 97 < 5 ? (row % 7) + 1 : 0);
  const rows = Array.from({ length: nObs }, (_, row) =>
    Array.from({ length: nVar }, (_, variable) => value(row, variable)),
  );
  const total = rows.flat().reduce((sum, x) => sum + x, 0);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'lacuna-anndata-'));
    await writeH5ad(file('small'), smallSource());
    await writeH5ad(file('sparse'), smallSource(), { dense: 'sparse', minValue: 0.01, gzip: 0 });
    const axis = (n: number, prefix: string): { names: string[]; columns: [] } => ({
      names: Array.from({ length: n }, (_, i) => `${prefix}${i}`),
      columns: [],
    });
    await writeH5ad(file('large'), {
      nObs,
      nVar,
      obs: axis(nObs, 'cell'),
      var: axis(nVar, 'gene'),
      matrices: [
        { name: 'X', storage: 'dense', valueKind: 'real', chunks: () => denseChunks(rows, 64) },
        { name: 'counts', storage: 'sparse', valueKind: 'counts', chunks: () => sparseRows(rows, 100) },
      ],
      obsm: [],
      provenance: {},
    });
    const python = 'python' in environment ? environment.python : '';
    const script = fileURLToPath(new URL('describe.py', import.meta.url));
    const { stdout } = await promisify(execFile)(
      python,
      ['-W', 'error::FutureWarning', script, file('small'), file('sparse'), file('large')],
      { maxBuffer: 1 << 26 },
    );
    const output = JSON.parse(stdout) as { anndata: string; files: typeof seen };
    seen = output.files;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('gives back X and layers value for value, in memory and backed', () => {
    for (const way of ['memory', 'backed'] as const) {
      const small = seen[file('small')][way];
      expect(small.shape).toEqual([5, 4]);
      expect(small.X).toMatchObject({ format: 'dense', dtype: 'float32', values: float32(DENOISED) });
      expect(small.layers['counts']).toMatchObject({ format: 'csr', dtype: 'float32', values: COUNTS });
      const large = seen[file('large')][way];
      expect(large.shape).toEqual([nObs, nVar]);
      expect(large.X).toMatchObject({ sparse: false, sum: total });
      expect(large.layers['counts']).toMatchObject({ sparse: true, sum: total, nonzero: large.X.nonzero });
    }
  });

  it('gives back a thinned matrix without the values below the threshold', () => {
    const thinned = float32(DENOISED).map((row) => row.map((x) => (Math.abs(x) < 0.01 ? 0 : x)));
    expect(seen[file('sparse')].memory.X).toMatchObject({ format: 'csr', values: thinned });
  });

  it('gives back columns with their types', () => {
    const { index, columns } = seen[file('small')].memory.obs;
    expect(index).toEqual(smallSource().obs.names);
    expect(Object.keys(columns)).toEqual(['cell_type', 'stage', 'n_counts', 'share', 'note_free']);
    expect(columns['cell_type']).toEqual({
      dtype: 'category',
      head: ['B cell', 'Tα, "quoted"', null, 'Tα, "quoted"', 'B cell'],
      categories: ['B cell', 'Tα, "quoted"'],
      ordered: false,
    });
    expect(columns['stage']).toMatchObject({ categories: ['E14', 'E15', 'E16'], ordered: true });
    expect(columns['n_counts']).toEqual({ dtype: 'int64', head: [4, 2, 0, 8, 16777221] });
    expect(columns['share']).toEqual({ dtype: 'float64', head: [0.1, null, 0, 1 / 3, 1] });
    expect(columns['note_free'].head).toEqual(['a', '', 'line\nbreak', 'tab\there', 'ß']);
    expect(seen[file('large')].memory.obs.columns).toEqual({});
  });

  it('gives back arrays and provenance', () => {
    const { obsm, uns } = seen[file('small')].memory;
    expect(obsm).toEqual({
      X_latent: { shape: [5, 3], dtype: 'float32', sum: 13.125 },
      spatial: { shape: [5, 2], dtype: 'float64', sum: 15 },
    });
    expect(uns['lacuna']).toEqual({
      lacuna: '0.1.0',
      seed: 7,
      beta: 0.5,
      deterministic: 1,
      method: { id: 'vae', layers: [128, 32], names: ['ä', 'b'], mixed: '[1,"two",{"three":3}]' },
      empty: [],
      with_slash: 'x',
    });
    expect(JSON.parse(uns['lacuna_json'] as string)).toEqual(smallSource().provenance);
    expect(uns['obsm_units']).toEqual({ spatial: 'µm' });
  });
});
