import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { simulate } from '../simulate/simulate.ts';
import { writeSimulated } from '../simulate/write-simulated.ts';
import { openPath } from '../formats/registry.ts';
import { previewImport } from './import-preview.ts';
import { previewLabels } from './labels-preview.ts';

let folder: string;
let tissue: string;
let names: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-preview-'));
  tissue = join(folder, 'tissue.h5ad');
  await writeSimulated(tissue, simulate({ spatial: true, seed: 3 }));
  const source = await openPath(tissue);
  names = source.obs.names;
  source.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('previewImport', () => {
  it('shows the corner of the matrix as the file has it', async () => {
    const preview = await previewImport(tissue, {});
    expect(preview.obsNames).toEqual(names.slice(0, 20));
    expect(preview.varNames).toHaveLength(12);
    const source = await openPath(tissue);
    for await (const chunk of source.matrices[0].chunks()) {
      preview.values.forEach((row, obs) =>
        row.forEach((value, v) => {
          const gene = source.var.names.indexOf(preview.varNames[v]);
          const stored = Array.from(chunk.indices.subarray(chunk.indptr[obs], chunk.indptr[obs + 1])).indexOf(gene);
          expect(value).toBe(stored < 0 ? 0 : chunk.values[chunk.indptr[obs] + stored]);
        }),
      );
      break;
    }
    source.close();
  });

  it('has the annotations and the place of every spot', async () => {
    const preview = await previewImport(tissue, {});
    expect(preview.columns.length).toBeGreaterThan(0);
    for (const column of preview.columns) expect(column.values).toHaveLength(20);
    expect(preview.coordinates).toMatchObject({ name: 'spatial', total: names.length });
    expect(preview.coordinates?.x).toHaveLength(names.length);
  });

  it('says what is wrong with a file that cannot be read', async () => {
    await expect(previewImport(join(folder, 'none.h5ad'), {})).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('previewLabels', () => {
  it('counts what fits and names what does not', async () => {
    const file = join(folder, 'labels.csv');
    writeFileSync(
      file,
      `barcode,cell_type\n${names
        .slice(5)
        .map((name, i) => `${name},${i % 2 === 0 ? 'B' : 'T'}`)
        .join('\n')}\nnobody,B\n`,
    );
    const fit = await previewLabels(tissue, file, {});
    expect(fit).toMatchObject({
      matched: names.length - 5,
      nObs: names.length,
      unmatched: 1,
      unmatchedExamples: ['nobody'],
    });
    expect(fit.unlabelledExamples).toEqual(names.slice(0, 5));
    expect(fit.columns).toEqual([{ name: 'cell_type', kind: 'categorical', nCategories: 2 }]);
  });

  it('answers none for the labels of another dataset', async () => {
    const file = join(folder, 'foreign.csv');
    writeFileSync(file, 'barcode,type\nTTTT-1,B\n');
    expect(await previewLabels(tissue, file, {})).toMatchObject({ matched: 0, unmatched: 1 });
  });
});
