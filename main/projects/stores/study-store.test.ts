import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createProject } from '../create-project.ts';
import { madeOutcome, madeSpec } from '../testing/made-run.ts';
import { madeMatrix, madeSource } from '../testing/made-source.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { thrownBy } from '../testing/thrown.ts';

it('keeps runs that belong together, without those that were removed', async () => {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id: datasetId } = await project.datasets.import(madeSource(madeMatrix(8, 5, 0.5, 1)));
  const [a, b] = [1, 2].map((seed) => project.runs.create(madeSpec(datasetId, { seed })).id);
  const spec = { seeds: [1, 2], methods: [{ method: 'vae' }] };
  const { id } = project.studies.create({ kind: 'benchmark', title: 'First', spec });
  for (const run of [a, b, a]) project.studies.addRun(id, run);
  expect(project.studies.get(id)).toMatchObject({ kind: 'benchmark', title: 'First', spec, runIds: [a, b] });
  project.runs.remove(a);
  expect(project.studies.list('benchmark').map(({ runIds }) => runIds)).toEqual([[b]]);
  expect(project.studies.list('search')).toEqual([]);
  project.studies.remove(id);
  expect((await thrownBy(() => project.studies.get(id))).code).toBe('not-found');
  expect(project.runs.get(b).id).toBe(b);
});

it('keeps the function of position that a run learned', async () => {
  const project = createProject(join(temporaryFolder(), 'a.lacuna'));
  const { id: datasetId } = await project.datasets.import(madeSource(madeMatrix(8, 5, 0.5, 1)));
  const [a, b] = [1, 2].map((seed) => project.runs.create(madeSpec(datasetId, { seed })).id);
  const field = { kind: 'siren', obsm: 'spatial', config: { widths: [8] }, arrays: { w0: Float32Array.of(1, 2, 3) } };
  project.runs.finish(a, { ...madeOutcome(8, 5), field });
  project.runs.finish(b, madeOutcome(8, 5));
  expect(project.runs.field(a)).toEqual(field);
  expect(project.runs.field(b)).toBeNull();
});
