import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { madeDataset } from '../jobs/fixtures/made-dataset.ts';
import { OpenProjects } from './open-projects.ts';

let folder: string;
let projects: OpenProjects;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lacuna-open-'));
  projects = new OpenProjects(() => false);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a project, does something with it, closes it. @returns whether its file is still there */
async function survives(provisional: boolean, work: (uuid: string) => void | Promise<void> = () => {}) {
  const path = join(folder, 'made.lacuna');
  const { uuid } = projects.create(path, 'Made', provisional).info();
  await work(uuid);
  projects.close(uuid);
  return existsSync(path);
}

describe('a provisional project', () => {
  it('leaves no file when nothing came into it', async () => {
    expect(await survives(true)).toBe(false);
    expect(existsSync(join(folder, 'made.lacuna-wal'))).toBe(false);
  });

  it('stays when it holds a dataset', async () => {
    expect(await survives(true, async (uuid) => void (await projects.get(uuid).datasets.import(madeDataset())))).toBe(
      true,
    );
  });

  it('stays once an import was done, even when the dataset is removed again', async () => {
    const work = async (uuid: string) => {
      const { datasets } = projects.get(uuid);
      const { id } = await datasets.import(madeDataset());
      projects.keep(uuid);
      datasets.remove(id);
    };
    expect(await survives(true, work)).toBe(true);
  });

  it('is an ordinary one when it is opened again', async () => {
    const path = join(folder, 'made.lacuna');
    const first = projects.create(path, 'Made', true).info().uuid;
    projects.keep(first);
    projects.close(first);
    projects.close(projects.open(path).info().uuid);
    expect(existsSync(path)).toBe(true);
  });
});

it('an empty project that somebody made on purpose stays', async () => {
  expect(await survives(false)).toBe(true);
});
