import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { CsrChunk, CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { DatasetSource, ValueKind } from '../../dataset/dataset-source.ts';
import type { Progress } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { createProject } from '../create-project.ts';
import { connect } from '../file/connect.ts';
import { openProject } from '../open-project.ts';
import type { Project } from '../project.types.ts';
import { importDataset } from './import-dataset.ts';
import { inChunks, madeMatrix, madeSource, slice } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { thrownBy } from '../testing/thrown.ts';

const matrix = madeMatrix(700, 400, 0.1, 11);

function newProject(): Project {
  return createProject(join(temporaryFolder(), 'a.lacuna'));
}

/** What a chunk says, without its place. */
function content({ nObs, nVar, indptr, indices, values }: CsrMatrix): CsrMatrix {
  return { nObs, nVar, indptr, indices, values };
}

function column(of: CsrMatrix, variable: number): Float32Array {
  const out = new Float32Array(of.nObs);
  for (let obs = 0; obs < of.nObs; obs++) {
    for (let i = of.indptr[obs]; i < of.indptr[obs + 1]; i++) if (of.indices[i] === variable) out[obs] = of.values[i];
  }
  return out;
}

/** Numbers of lines of the tables that an import writes to. */
function lines(project: Project): Record<string, number> {
  const database = new Database(project.path, { readonly: true });
  const tables = ['datasets', 'matrices', 'matrix_chunks', 'arrays', 'array_parts', 'axis_columns', 'obsm', 'recipes'];
  const counts = Object.fromEntries(
    tables.map((table) => [table, database.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number]),
  );
  database.close();
  return counts;
}

describe('import', () => {
  it('gives back everything that went in', async () => {
    const project = newProject();
    const source = madeSource(matrix);
    const info = await project.datasets.import(source);
    expect(info).toMatchObject({
      name: 'made',
      nObs: 700,
      nVar: 400,
      nnz: matrix.indices.length,
      valueKind: 'counts',
      matrices: ['X'],
      obsm: [{ name: 'spatial', nDim: 2, unit: 'µm' }],
      obsColumns: [
        { name: 'type', kind: 'categorical', nCategories: 3 },
        { name: 'area', kind: 'numeric', nCategories: null },
        { name: 'note', kind: 'string', nCategories: null },
      ],
      provenance: source.provenance,
    });
    expect(project.datasets.list()).toEqual([info]);
    project.close();

    const again = openProject(project.path);
    const { datasets } = again;
    expect(datasets.obs(info.id)).toEqual(source.obs);
    expect(datasets.var(info.id)).toEqual(source.var);
    expect(datasets.obsm(info.id, 'spatial')).toEqual(source.obsm[0]);
    expect(await datasets.load(info.id)).toEqual(matrix);
    for (const [start, end] of [
      [0, 700],
      [0, 1],
      [699, 700],
      [123, 456],
      [5, 5],
    ]) {
      expect(datasets.rows(info.id, start, end)).toEqual(content(slice(matrix, start, end)));
    }
    for (const variable of [0, 1, 199, 399]) expect(datasets.gene(info.id, variable)).toEqual(column(matrix, variable));
    again.close();
  });

  it('spreads a larger matrix over several chunks in both directions', async () => {
    const large = madeMatrix(3000, 2500, 0.12, 3);
    const project = newProject();
    const { id } = await project.datasets.import(
      madeSource(large, { matrices: [{ name: 'X', valueKind: 'counts', chunks: () => inChunks(large, 1000) }] }),
    );
    const database = new Database(project.path, { readonly: true });
    const chunks = database
      .prepare('SELECT by, count(*) AS n, max(length(bytes)) AS largest FROM matrix_chunks GROUP BY by')
      .all();
    database.close();
    expect(chunks).toHaveLength(2);
    for (const { n, largest } of chunks as { n: number; largest: number }[]) {
      expect(n).toBeGreaterThan(2);
      expect(largest).toBeLessThan(2 ** 20);
    }
    expect(await project.datasets.load(id)).toEqual(large);
    expect(project.datasets.rows(id, 900, 2100)).toEqual(content(slice(large, 900, 2100)));
    for (const variable of [0, 1234, 2499])
      expect(project.datasets.gene(id, variable)).toEqual(column(large, variable));
    project.close();
  });

  it('keeps layers of other kinds, and values that are not integers', async () => {
    const project = newProject();
    const kinds: ValueKind[] = ['counts', 'nonnegative', 'real'];
    const layers = kinds.map((kind, i) => madeMatrix(90, 50, 0.2, i, kind));
    const { id, matrices } = await project.datasets.import(
      madeSource(layers[0], {
        matrices: kinds.map((kind, i) => ({
          name: i === 0 ? 'X' : kind,
          valueKind: kind,
          chunks: () => inChunks(layers[i], 40),
        })),
      }),
    );
    expect(matrices).toEqual(['X', 'nonnegative', 'real']);
    for (const [i, name] of matrices.entries()) {
      expect(await project.datasets.load(id, name)).toEqual(layers[i]);
      expect(project.datasets.gene(id, 7, name)).toEqual(column(layers[i], 7));
    }
    expect((await thrownBy(() => project.datasets.rows(id, 0, 1, 'spliced'))).code).toBe('not-found');
    project.close();
  });

  it('keeps counts up to 2^24 exactly', async () => {
    const project = newProject();
    const values = Float32Array.of(1, 255, 256, 65_535, 65_536, 2 ** 24 - 1, 2 ** 24);
    const tall: CsrMatrix = {
      nObs: 1,
      nVar: 7,
      indptr: Uint32Array.of(0, 7),
      indices: Uint32Array.of(0, 1, 2, 3, 4, 5, 6),
      values,
    };
    const { id } = await project.datasets.import(madeSource(tall));
    expect((await project.datasets.load(id)).values).toEqual(values);
    project.close();
  });

  it('takes empty observations, empty variables and an empty matrix', async () => {
    const project = newProject();
    const empty: CsrMatrix = {
      nObs: 5,
      nVar: 3,
      indptr: new Uint32Array(6),
      indices: new Uint32Array(0),
      values: new Float32Array(0),
    };
    const { id } = await project.datasets.import(madeSource(empty));
    expect(await project.datasets.load(id)).toEqual(empty);
    expect(project.datasets.gene(id, 2)).toEqual(new Float32Array(5));
    project.close();
  });

  it('reports in order, and ends near 1', async () => {
    const project = newProject();
    const seen: Progress[] = [];
    await project.datasets.import(madeSource(matrix), { report: (progress) => seen.push(progress) });
    const fractions = seen.map((progress) => progress.fraction ?? NaN);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
    expect([...new Set(seen.map((progress) => progress.stage))]).toEqual(['Storing counts', 'Building the gene index']);
    project.close();
  });

  it('gives a second import of one name another name', async () => {
    const project = newProject();
    await project.datasets.import(madeSource(matrix));
    expect((await project.datasets.import(madeSource(matrix))).name).toBe('made (2)');
    project.close();
  });
});

describe('an import that fails', () => {
  const chunk = (changes: Partial<CsrChunk>): (() => AsyncGenerator<CsrChunk>) =>
    async function* () {
      yield slice(matrix, 0, 100);
      yield { ...slice(matrix, 100, 200), ...changes };
    };
  const one = { indptr: Uint32Array.of(0, 1), nObs: 1 };
  const cases: [what: string, chunks: () => AsyncIterable<CsrChunk>, code: string, words: string][] = [
    ['ends early', () => inChunks(slice(matrix, 0, 650), 50), 'truncated-file', '650 of 700'],
    ['skips observations', chunk({ start: 150 }), 'bad-file', '150'],
    [
      'holds a fraction among counts',
      chunk({ ...one, indices: Uint32Array.of(3), values: Float32Array.of(1.5) }),
      'bad-file',
      '"cell-100", variable "GENE3": 1.5',
    ],
    [
      'holds a negative count',
      chunk({ ...one, indices: Uint32Array.of(3), values: Float32Array.of(-1) }),
      'bad-file',
      'negative',
    ],
    ['holds NaN', chunk({ ...one, indices: Uint32Array.of(3), values: Float32Array.of(NaN) }), 'bad-file', 'NaN'],
    [
      'holds an explicit zero',
      chunk({ ...one, indices: Uint32Array.of(3), values: Float32Array.of(0) }),
      'bad-file',
      'zero',
    ],
    [
      'holds a count above 2^24',
      chunk({ ...one, indices: Uint32Array.of(3), values: Float32Array.of(2 ** 25) }),
      'bad-file',
      '2^24',
    ],
    [
      'names a variable that is not there',
      chunk({ ...one, indices: Uint32Array.of(400), values: Float32Array.of(1) }),
      'bad-file',
      'range',
    ],
    [
      'names a variable twice',
      chunk({ nObs: 1, indptr: Uint32Array.of(0, 2), indices: Uint32Array.of(3, 3), values: Float32Array.of(1, 1) }),
      'bad-file',
      'order',
    ],
    [
      'throws',
      () => {
        throw new LacunaError('truncated-file', 'The file ends too early: line 12 of 99.');
      },
      'truncated-file',
      'line 12 of 99',
    ],
  ];

  it.each(cases)('because its source %s leaves nothing behind', async (_what, chunks, code, words) => {
    const project = newProject();
    await project.datasets.import(madeSource(madeMatrix(20, 10, 0.3, 5)));
    const before = lines(project);
    const error = await thrownBy(() =>
      project.datasets.import(madeSource(matrix, { matrices: [{ name: 'X', valueKind: 'counts', chunks }] })),
    );
    expect(error.code).toBe(code);
    expect(error.message).toContain(words);
    expect(lines(project)).toEqual(before);
    expect(project.datasets.list()).toHaveLength(1);
    project.close();
  });

  it('because it was cancelled leaves nothing behind, at whatever step', async () => {
    const project = newProject();
    for (const stage of ['Storing counts', 'Building the gene index']) {
      const controller = new AbortController();
      const report = (progress: Progress): void => {
        if (progress.stage === stage) controller.abort();
      };
      const error = await thrownBy(() =>
        project.datasets.import(madeSource(matrix), { signal: controller.signal, report }),
      );
      expect(error.code).toBe('cancelled');
      expect(Object.values(lines(project)).every((n) => n === 0)).toBe(true);
    }
    project.close();
  });

  it('because the disk is full says so and leaves nothing behind', async () => {
    const project = newProject();
    const database = connect(project.path);
    const pages = database.pragma('page_count') as number;
    database.pragma(`max_page_count = ${pages + 40}`);
    const error = await thrownBy(() => importDataset(database, madeSource(madeMatrix(3000, 1000, 0.1, 4))));
    expect(error.code).toBe('disk-full');
    expect(Object.values(lines(project)).every((n) => n === 0)).toBe(true);
    database.close();
    project.close();
  });

  it('because its annotations do not fit stores nothing', async () => {
    const project = newProject();
    const good = madeSource(matrix);
    const bad: [Partial<DatasetSource>, string][] = [
      [{ obs: { names: good.obs.names.slice(1), columns: [] } }, '699'],
      [
        { var: { names: good.var.names, columns: [{ kind: 'numeric', name: 'mean', values: new Float64Array(3) }] } },
        '"mean"',
      ],
      [{ obsm: [{ name: 'pca', nDim: 3, unit: '', values: new Float64Array(6) }] }, '"pca"'],
      [{ matrices: [] }, 'no matrix'],
      [{ matrices: [good.matrices[0], good.matrices[0]] }, 'two'],
      [{ nObs: 0, obs: { names: [], columns: [] }, obsm: [] }, '0 observations'],
    ];
    for (const [changes, words] of bad) {
      const error = await thrownBy(() => project.datasets.import(madeSource(matrix, changes)));
      expect(error.code).toBe('bad-file');
      expect(error.message).toContain(words);
    }
    expect(lines(project).datasets).toBe(0);
    project.close();
  });
});

describe('a stored dataset', () => {
  it('takes new columns and replaces them where they stand', async () => {
    const project = newProject();
    const { id } = await project.datasets.import(madeSource(matrix));
    const before = lines(project).arrays;
    project.datasets.putObsColumn(id, {
      kind: 'string',
      name: 'type',
      values: Array.from({ length: 700 }, (_, i) => `t${i}`),
    });
    project.datasets.putObsColumn(id, { kind: 'numeric', name: 'score', values: new Float64Array(700).fill(0.5) });
    expect(project.datasets.get(id).obsColumns.map((c) => `${c.name} ${c.kind}`)).toEqual([
      'type string',
      'area numeric',
      'note string',
      'score numeric',
    ]);
    expect(project.datasets.obs(id).columns[0]).toMatchObject({ kind: 'string', name: 'type' });
    // The codes and categories of the old column went with it.
    expect(lines(project).arrays).toBe(before - 2 + 1 + 1);
    const error = await thrownBy(() =>
      project.datasets.putObsColumn(id, { kind: 'numeric', name: 'short', values: new Float64Array(3) }),
    );
    expect(error.message).toContain('3 values');
    project.datasets.removeObsColumn(id, 'score');
    expect(project.datasets.get(id).obsColumns.map((c) => c.name)).toEqual(['type', 'area', 'note']);
    expect(lines(project).arrays).toBe(before - 2 + 1);
    expect((await thrownBy(() => project.datasets.removeObsColumn(id, 'score'))).code).toBe('not-found');
    project.close();
  });

  it('can be renamed, removed and brought back', async () => {
    const project = newProject();
    const { id } = await project.datasets.import(madeSource(matrix));
    project.datasets.rename(id, 'PBMC 3k');
    project.datasets.remove(id);
    expect(project.datasets.list()).toEqual([]);
    for (const look of [
      () => project.datasets.get(id),
      () => project.datasets.gene(id, 0),
      () => project.recipes.current(id),
      () => project.datasets.remove(id),
    ]) {
      expect((await thrownBy(look)).code).toBe('not-found');
    }
    project.datasets.restore(id);
    expect(project.datasets.get(id).name).toBe('PBMC 3k');
    expect(await project.datasets.load(id)).toEqual(matrix);
    project.close();
  });

  it('is gone for good after closing, and the file shrinks', async () => {
    const project = newProject();
    const { id } = await project.datasets.import(madeSource(madeMatrix(3000, 1000, 0.1, 4)));
    project.close();
    const full = statSync(project.path).size;
    const again = openProject(project.path);
    again.datasets.remove(id);
    again.close();
    expect(statSync(project.path).size).toBeLessThan(full / 2);
    const last = openProject(project.path);
    expect((await thrownBy(() => last.datasets.restore(id))).code).toBe('not-found');
    expect(Object.values(lines(last)).every((n) => n === 0)).toBe(true);
    // A number is never given out again.
    expect((await last.datasets.import(madeSource(matrix))).id).toBeGreaterThan(id);
    last.close();
  });

  it('refuses ranges and variables that it does not have', async () => {
    const project = newProject();
    const { id } = await project.datasets.import(madeSource(matrix));
    for (const look of [
      () => project.datasets.rows(id, -1, 3),
      () => project.datasets.rows(id, 3, 701),
      () => project.datasets.rows(id, 5, 4),
      () => project.datasets.gene(id, 400),
      () => project.datasets.gene(id, 0.5),
    ]) {
      expect((await thrownBy(look)).code).toBe('bad-request');
    }
    expect((await thrownBy(() => project.datasets.obsm(id, 'umap'))).code).toBe('not-found');
    project.close();
  });

  it.each(['obs', 'var'] as const)('names the dataset and the chunk when a byte of it flips (%s)', async (by) => {
    const project = newProject();
    const { id } = await project.datasets.import(madeSource(matrix));
    project.close();
    const database = new Database(project.path);
    const { rowid, bytes } = database.prepare('SELECT rowid, bytes FROM matrix_chunks WHERE by = ?').get(by) as {
      rowid: number;
      bytes: Buffer;
    };
    bytes[bytes.length >> 1] ^= 4;
    database.prepare('UPDATE matrix_chunks SET bytes = ? WHERE rowid = ?').run(bytes, rowid);
    database.close();
    const damaged = openProject(project.path);
    const looks =
      by === 'obs'
        ? [() => damaged.datasets.rows(id, 0, 10), () => damaged.datasets.load(id)]
        : [() => damaged.datasets.gene(id, 3)];
    for (const look of looks) {
      const error = await thrownBy(look);
      expect(error.code).toBe('project-damaged');
      expect(error.message).toContain(`dataset ${id}`);
      expect(error.message).toContain(by === 'obs' ? 'from observation 0' : 'from variable 0');
    }
    // The other copy and the annotations can still be read.
    if (by === 'obs') expect(damaged.datasets.gene(id, 3)).toEqual(column(matrix, 3));
    expect(damaged.datasets.obs(id).names).toHaveLength(700);
    damaged.close();
  });

  it('notices a chunk that is missing', async () => {
    const project = newProject();
    const { id } = await project.datasets.import(madeSource(matrix));
    const database = new Database(project.path);
    database.exec("DELETE FROM matrix_chunks WHERE by = 'var'");
    database.close();
    const error = await thrownBy(() => project.datasets.gene(id, 3));
    expect(error.code).toBe('project-damaged');
    expect(error.message).toContain('missing');
    project.close();
  });
});
