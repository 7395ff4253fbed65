import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeMatrix } from '../testing/write-matrix.ts';
import { collectRows } from '../testing/collect-matrix.ts';
import { inspectPath, openPath } from '../registry.ts';
import { isProteinType, splitProteins } from '../protein-features.ts';
import { fitProteins, joinProteins } from './join-proteins.ts';
import { openProteinFile } from './protein-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-protein-'));
  await writeMatrix(
    join(folder, 'both.h5'),
    ['A-1', 'B-1', 'C-1'],
    [
      [1, 0, 5],
      [0, 2, 0],
      [3, 0, 7],
    ],
    ['Gene Expression', 'Gene Expression', 'Antibody Capture'],
  );
  await writeFile(join(folder, 'adt.csv'), 'barcode,CD3,CD19\nC-1,4,0\nA-1,1,2\nX-1,9,9\n');
  await writeMatrix(join(folder, 'genes.h5'), ['A-1'], [[1, 2]], ['Gene Expression', 'Gene Expression']);
});
afterAll(() => rm(folder, { recursive: true }));

describe('proteins among the genes', () => {
  it('knows what tools call them', () => {
    for (const type of ['Antibody Capture', 'ADT', 'protein', 'Antibody-Derived Tags'])
      expect(isProteinType(type), type).toBe(true);
    for (const type of ['Gene Expression', 'GEX', 'CRISPR Guide Capture', 'Peaks', ''])
      expect(isProteinType(type), type).toBe(false);
  });

  it('leaves a file of proteins alone as it is', () => {
    const kept = Int32Array.of(0, 1);
    expect(splitProteins(['ADT', 'ADT'], kept)).toEqual({ main: kept, proteins: new Int32Array(0) });
    expect(splitProteins(['GEX', 'ADT'], kept)).toEqual({ main: Int32Array.of(0), proteins: Int32Array.of(1) });
  });

  it('makes a modality of them, and never a gene', async () => {
    const path = join(folder, 'both.h5');
    const inspection = await inspectPath(path);
    expect(inspection.nVar).toBe(2);
    expect(inspection.modalities).toEqual([{ name: 'protein', nVar: 1, examples: [expect.any(String)] }]);
    const source = await openPath(path);
    expect(source.nVar).toBe(2);
    expect(await collectRows(source.matrices[0].chunks(), 2)).toEqual([
      [1, 0],
      [0, 2],
      [3, 0],
    ]);
    expect(await collectRows(source.modalities![0].matrix.chunks(), 1)).toEqual([[5], [0], [7]]);
    source.close();
    const alone = await openPath(path, { options: { features: 'Gene Expression' } });
    expect(alone.modalities).toEqual([]);
    alone.close();
  });
});

describe('a file of proteins', () => {
  it('is matched by barcode, whatever the order', () => {
    const fit = fitProteins(['A-1', 'B-1', 'C-1'], ['C-1', 'X-1', 'A', 'A-1']);
    expect([...fit.obsOf]).toEqual([2, -1, 0, -1]);
    expect(fit).toMatchObject({ matched: 2, unmeasuredObs: ['B-1'], unmatchedCells: ['X-1'] });
  });

  it('is joined to a dataset', async () => {
    const source = await openPath(join(folder, 'both.h5'));
    const file = await openProteinFile(join(folder, 'adt.csv'));
    const joined = joinProteins(source, file);
    expect(joined).toMatchObject({ nProteins: 2, matched: 2, nObs: 3, missingFromFile: ['B-1'] });
    expect(source.modalities?.map(({ var: { names } }) => names)).toEqual([['CD3', 'CD19']]);
    source.close();
    file.close();
  });

  it('must hold proteins, of these cells', async () => {
    await expect(openProteinFile(join(folder, 'genes.h5'))).rejects.toThrow('holds no proteins: its features are Gene');
    const source = await openPath(join(folder, 'genes.h5'));
    const file = await openProteinFile(join(folder, 'adt.csv'));
    source.obs.names[0] = 'Z';
    expect(() => joinProteins(source, file)).toThrow('No barcode of adt.csv');
    source.close();
    file.close();
  });
});

const citeseq = join(process.env.LACUNA_DATA ?? join(import.meta.dirname, '../../../../shared/data'), 'citeseq');

describe.skipIf(!existsSync(citeseq))('real CITE-seq files', () => {
  it('finds the proteins of a file of their own', async () => {
    const source = await openPath(join(citeseq, 'bmmc_cite_starter_rna.h5ad'));
    const file = await openProteinFile(join(citeseq, 'bmmc_cite_starter_adt.h5ad'));
    expect(file.matrix.valueKind).toBe('counts');
    expect(joinProteins(source, file)).toMatchObject({ nProteins: 134, matched: 600, nObs: 600 });
    source.close();
    file.close();
  });

  it('finds those in obsm', async () => {
    const source = await openPath(join(citeseq, 'pbmc_10k_protein_v3_200cells.h5ad'));
    const [{ var: vars, matrix }] = source.modalities!;
    expect(vars.names.slice(0, 2)).toEqual(['CD3_TotalSeqB', 'CD4_TotalSeqB']);
    expect((await collectRows(matrix.chunks(), 14))[0].slice(0, 4)).toEqual([18, 138, 13, 491]);
    expect(source.obsm.map(({ name }) => name)).not.toContain('protein_expression');
    source.close();
  });
});
