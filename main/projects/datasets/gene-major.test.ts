import { join } from 'node:path';
import { expect, it } from 'vitest';
import fc from 'fast-check';
import { createProject } from '../create-project.ts';
import { connect } from '../file/connect.ts';
import { inChunks, madeMatrix, madeSource, slice } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { buildGeneMajor } from './gene-major.ts';
import { readGene } from './matrix-chunks.ts';
import { rechunk } from './rechunk.ts';

it('builds the same copy whatever memory it may use', async () => {
  const matrix = madeMatrix(400, 150, 0.2, 9);
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id } = await project.datasets.import(madeSource(matrix));
  const perVariable = new Float64Array(150);
  for (const variable of matrix.indices) perVariable[variable]++;
  const expected = Array.from({ length: 150 }, (_, variable) => project.datasets.gene(id, variable));
  const database = connect(project.path);
  const { matrixId } = database.get<{ matrixId: number }>('SELECT id AS matrixId FROM matrices WHERE dataset_id = ?', [
    id,
  ]) ?? { matrixId: -1 };
  const stored = { id: matrixId, datasetId: id, name: 'X', nObs: 400, nVar: 150, nnz: matrix.indices.length };
  for (const budget of [1, 100, 1000, 5000]) {
    database.run("DELETE FROM matrix_chunks WHERE by = 'var'");
    const fractions: number[] = [];
    await buildGeneMajor(database, stored, perVariable, undefined, (fraction) => fractions.push(fraction), budget);
    expect(Array.from({ length: 150 }, (_, variable) => readGene(database, stored, variable))).toEqual(expected);
    expect(fractions.at(-1)).toBeCloseTo(1);
  }
  database.close();
  project.close();
});

it('cuts and joins chunks without changing what they hold', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(60),
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 200 }),
      fc.integer({ min: 1, max: 30 }),
      async (seed, perChunk, entries, obs) => {
        const matrix = madeMatrix(60, 30, 0.01 * (seed + 1), seed);
        let next = 0;
        for await (const chunk of rechunk(inChunks(matrix, perChunk), entries, obs)) {
          expect(chunk).toEqual(slice(matrix, next, next + chunk.nObs));
          expect(chunk.nObs).toBeLessThanOrEqual(obs);
          if (chunk.nObs > 1) expect(chunk.indices.length).toBeLessThanOrEqual(entries);
          next += chunk.nObs;
        }
        expect(next).toBe(60);
      },
    ),
    { numRuns: 60 },
  );
});
