import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createProject } from './create-project.ts';
import { openProject } from './open-project.ts';
import { madeSpec } from './testing/made-run.ts';
import { madeMatrix, madeSource } from './testing/made-source.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

const childFile = fileURLToPath(new URL('./testing/crash-child.ts', import.meta.url));

/** Starts the child, lets `meanwhile` look once it is half-way, and kills it without a warning. */
async function killHalfWay(argv: string[], meanwhile: () => void = () => undefined): Promise<void> {
  const child = spawn(process.execPath, [childFile, ...argv], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const first = await Promise.race([once(child.stdout, 'data'), ended]);
  expect(String(first[0])).toBe('half-way\n');
  try {
    meanwhile();
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}

function count(path: string, table: string, where = '1'): number {
  const database = new Database(path, { readonly: true });
  const n = database.prepare(`SELECT count(*) FROM ${table} WHERE ${where}`).pluck().get() as number;
  database.close();
  return n;
}

describe('a process that is killed', () => {
  it('in the middle of an import leaves nothing of it', async () => {
    const path = join(temporaryFolder(), 'a.lacuna');
    const project = createProject(path);
    await project.datasets.import(madeSource(madeMatrix(50, 40, 0.2, 1), { name: 'whole' }));
    project.close();
    const before = statSync(path).size;

    await killHalfWay(['import', path], () => {
      // While the importer lives, opening the project shows nothing of it and takes nothing from it.
      const window = openProject(path);
      expect(window.datasets.list().map((dataset) => dataset.name)).toEqual(['whole']);
      expect(count(path, 'matrix_chunks', 'matrix_id > 1')).toBeGreaterThan(0);
      window.close();
      expect(count(path, 'datasets', 'import_token IS NOT NULL')).toBe(1);
    });

    const again = openProject(path);
    expect(again.datasets.list().map((dataset) => dataset.name)).toEqual(['whole']);
    expect(count(path, 'datasets')).toBe(1);
    expect(count(path, 'matrix_chunks')).toBe(2);
    await again.datasets.import(madeSource(madeMatrix(50, 40, 0.2, 2), { name: 'half' }));
    expect(again.datasets.list().map((dataset) => dataset.name)).toEqual(['whole', 'half']);
    again.close();
    expect(statSync(path).size).toBeLessThan(2 * before);
    expect(readdirSync(join(path, '..'))).toEqual(['a.lacuna']);
  });

  it('in the middle of a checkpoint leaves the one before, and its run is interrupted', async () => {
    const path = join(temporaryFolder(), 'a.lacuna');
    const project = createProject(path);
    const { id: datasetId } = await project.datasets.import(madeSource(madeMatrix(50, 40, 0.2, 1)));
    const waiting = project.runs.create(madeSpec(datasetId));
    const alive = project.runs.create(madeSpec(datasetId));
    const run = project.runs.create(madeSpec(datasetId));
    for (const { id } of [alive, run]) project.runs.update(id, { state: 'running' });
    const checkpoint = { epoch: 10, arrays: { first: Float32Array.of(1, 2, 3) }, state: { best: 0.5 } };
    project.runs.saveCheckpoint(run.id, checkpoint);
    project.close();

    await killHalfWay(['checkpoint', path, String(run.id)], () => {
      expect(count(path, 'checkpoints')).toBe(2);
      expect(count(path, 'arrays', 'checkpoint_id IS NOT NULL')).toBe(2);
    });

    const again = openProject(path);
    expect(again.runs.loadCheckpoint(run.id)).toEqual(checkpoint);
    expect(again.runs.markInterrupted((id) => id === alive.id)).toEqual([run.id]);
    expect(again.runs.list().map(({ state }) => state)).toEqual(['queued', 'running', 'interrupted']);
    expect(again.runs.get(waiting.id).state).toBe('queued');
    expect(count(path, 'checkpoints')).toBe(1);
    expect(count(path, 'arrays', 'checkpoint_id IS NOT NULL')).toBe(1);
    again.close();
  });
});
