import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hexagonalSpots, writeVisium } from '../../formats/testing/write-visium.ts';
import { createProject } from '../../projects/create-project.ts';
import type { Project } from '../../projects/project.types.ts';
import { importSpecSchema } from '../job-spec.ts';
import { tissueLayout } from './export/tissue-layout.ts';
import { importFiles } from './import-files.ts';

let folder: string;
let project: Project;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lacuna-import-'));
  project = createProject(join(folder, 'made.lacuna'));
  const factors = { spot_diameter_fullres: 131, tissue_hires_scalef: 0.1, tissue_lowres_scalef: 0.05 };
  for (const name of ['left', 'right'])
    await writeVisium(join(folder, 'rack', name, 'outs'), hexagonalSpots(4, 6, 0.5), 'tissue_positions.csv', factors);
});
afterEach(async () => {
  project.close();
  await rm(folder, { recursive: true });
});

const bring = (request: object) =>
  importFiles(importSpecSchema.parse({ kind: 'import', paths: [join(folder, 'rack')], ...request }), {
    project,
    signal: new AbortController().signal,
    report: () => undefined,
    engine: () => Promise.reject(new Error('an import needs no engine')),
    checkpointSeconds: 60,
  });

describe('importFiles', () => {
  it('makes a dataset of each section of a folder', async () => {
    const { datasets, warnings } = await bring({});
    expect(datasets.map(({ name, nObs }) => [name, nObs])).toEqual([
      ['left', 9],
      ['right', 9],
    ]);
    expect(warnings).toEqual(
      ['left', 'right'].map((name) => `${name}: 3 of 12 spots lie off the tissue and were left out.`),
    );
    expect((await bring({ name: 'mouse' })).datasets.map(({ name }) => name)).toEqual(['mouse left', 'mouse right']);
    expect((await bring({ name: 'mouse', options: { section: 'right' } })).datasets.map(({ name }) => name)).toEqual([
      'mouse',
    ]);
  });

  it('keeps none when one of them fails', async () => {
    await writeFile(join(folder, 'rack', 'right', 'outs', 'spatial', 'scalefactors_json.json'), 'no JSON');
    await expect(bring({})).rejects.toMatchObject({ code: 'bad-file' });
    expect(project.datasets.list()).toEqual([]);
  });

  it('keeps the tissue as the files have it', async () => {
    const [{ id }] = (await bring({ options: { section: 'left' } })).datasets;
    const layout = tissueLayout(project, id);
    expect(layout).toMatchObject({ obsm: 'spatial', spotShape: 'circle', yDown: true, borders: null });
    expect(layout?.images.map(({ name, width, scale, bytes }) => [name, width, scale, bytes[1]])).toEqual([
      ['hires', 40, 0.1, 0x50],
      ['lowres', 20, 0.05, 0x50],
    ]);
  });
});
