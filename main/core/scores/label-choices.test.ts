import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { madeDataset } from '../../jobs/fixtures/made-dataset.ts';
import { createProject } from '../../projects/create-project.ts';
import type { Project } from '../../projects/project.types.ts';
import { labelChoices } from './label-choices.ts';

let folder: string;
let project: Project;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-labels-'));
  project = createProject(join(folder, 'labels.lacuna'));
});

afterAll(() => {
  project.close();
  rmSync(folder, { recursive: true, force: true });
});

test('names every column of groups and the one that scoring would take', async () => {
  const { id } = await project.datasets.import(madeDataset());
  expect(labelChoices(project, id)).toEqual({
    columns: [
      { name: 'cell_type', nGroups: 3 },
      { name: 'sample', nGroups: 2 },
    ],
    best: 'cell_type',
  });
});

test('recognises none where nothing can serve as labels', async () => {
  const made = madeDataset();
  const { id } = await project.datasets.import({ ...made, obs: { ...made.obs, columns: [] } });
  expect(labelChoices(project, id)).toEqual({ columns: [], best: null });
});
