import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ModalitySource } from '../../dataset/dataset-source.ts';
import { centredLogRatio, meanLogPerCell } from '../../preprocess/proteins/centred-log-ratio.ts';
import { createProject } from '../create-project.ts';
import { openProject } from '../open-project.ts';
import { inChunks, madeMatrix, madeSource } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

const proteins = madeMatrix(4, 3, 0.6, 9);

function modality(changes: Partial<ModalitySource> = {}): ModalitySource {
  return {
    name: 'protein',
    obsNames: ['cell-0', 'cell-1', 'cell-2', 'cell-3'],
    var: { names: ['CD3', 'CD4', 'CD19'], columns: [{ kind: 'string', name: 'gene_id', values: ['a', 'b', 'c'] }] },
    matrix: { name: 'protein', valueKind: 'counts', chunks: () => inChunks(proteins, 3) },
    obsOf: Int32Array.of(5, 0, -1, 2),
    provenance: { matched: 3 },
    ...changes,
  };
}

const dense = (obs: number, feature: number): number => {
  for (let i = proteins.indptr[obs]; i < proteins.indptr[obs + 1]; i++)
    if (proteins.indices[i] === feature) return proteins.values[i];
  return 0;
};

it('keeps proteins beside the genes, in the order of the cells', async () => {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const genes = madeMatrix(6, 5, 0.5, 1);
  const { id } = await project.datasets.import(madeSource(genes, { modalities: [modality()] }));
  project.close();
  const again = openProject(project.path);
  const { datasets } = again;
  expect(datasets.get(id)).toMatchObject({
    nVar: 5,
    matrices: ['X'],
    modalities: [{ name: 'protein', nVar: 3, valueKind: 'counts', nMeasured: 3, provenance: { matched: 3 } }],
  });
  expect(datasets.modalityVar(id, 'protein').names).toEqual(['CD3', 'CD4', 'CD19']);
  for (let f = 0; f < 3; f++)
    expect([...datasets.modalityFeature(id, 'protein', f)]).toEqual([
      dense(1, f),
      NaN,
      dense(3, f),
      NaN,
      NaN,
      dense(0, f),
    ]);
  const meanLog = datasets.modalityMeanLog(id, 'protein');
  expect(meanLog[0]).toBeCloseTo((Math.log1p(dense(1, 0)) + Math.log1p(dense(1, 1)) + Math.log1p(dense(1, 2))) / 3, 12);
  expect(meanLog[1]).toBeNaN();
  expect(() => datasets.modalityFeature(id, 'protein', 3)).toThrow('it has 3');
  expect(() => datasets.modalityVar(id, 'peaks')).toThrow('no modality');
  datasets.remove(id);
  again.close();
});

it('refuses what does not fit, and keeps nothing of it', async () => {
  const project = createProject(join(temporaryFolder(), 'b.lacuna'));
  const bring = (changes: Partial<ModalitySource>) =>
    project.datasets.import(madeSource(madeMatrix(6, 5, 0.5, 1), { modalities: [modality(changes)] }));
  await expect(bring({ obsOf: null })).rejects.toThrow('observations that there are not');
  await expect(bring({ obsOf: Int32Array.of(9, 0, 1, 2) })).rejects.toThrow('observations that there are not');
  const half = { ...proteins, nObs: 2, indptr: proteins.indptr.slice(0, 3) };
  const short = { name: 'protein', valueKind: 'counts' as const, chunks: () => inChunks(half, 2) };
  await expect(bring({ matrix: short })).rejects.toThrow();
  expect(project.datasets.list()).toEqual([]);
  project.close();
});

it('takes the centred log-ratio within each cell: it adds up to nothing', () => {
  const features = [Float32Array.of(0, 10, NaN), Float32Array.of(3, 100, NaN), Float32Array.of(8, 0, NaN)];
  const meanLog = meanLogPerCell(features);
  const clr = features.map((values) => centredLogRatio(values, meanLog));
  expect(clr[0][0] + clr[1][0] + clr[2][0]).toBeCloseTo(0, 5);
  // ln(x / g) with one pseudocount: g of 1, 4, 9 is 36^(1/3).
  expect(clr[1][0]).toBeCloseTo(Math.log(4 / 36 ** (1 / 3)), 5);
  expect(clr[0][2]).toBeNaN();
});
