import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createProject } from './create-project.ts';
import { deleteProject } from './delete-project.ts';
import { openProject } from './open-project.ts';
import { madeSpec } from './testing/made-run.ts';
import { inChunks, madeMatrix, madeSource } from './testing/made-source.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { thrownBy } from './testing/thrown.ts';

const matrix = madeMatrix(200, 100, 0.2, 1);

describe('copyTo', () => {
  it('makes one consistent file while the project is open and written to', async () => {
    const folder = temporaryFolder();
    const project = createProject(join(folder, 'a.lacuna'), { title: 'A' });
    const kept = await project.datasets.import(madeSource(matrix, { name: 'kept' }));
    const removed = await project.datasets.import(madeSource(matrix, { name: 'removed' }));
    project.datasets.remove(removed.id);
    const run = project.runs.create(madeSpec(kept.id));
    project.runs.update(run.id, { state: 'running' });
    project.putThumbnail({ mediaType: 'image/svg+xml', bytes: Buffer.from('<svg/>') });

    let copied: Promise<void> | undefined;
    const half = async function* () {
      for await (const chunk of inChunks(matrix, 20)) {
        // The copy is made in the middle of an import of the same process.
        if (chunk.start === 100) await (copied = project.copyTo(join(folder, 'copy.lacuna')));
        yield chunk;
      }
    };
    await project.datasets.import(
      madeSource(matrix, { name: 'later', matrices: [{ name: 'X', valueKind: 'counts', chunks: half }] }),
    );
    await copied;

    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.lacuna']);
    const copy = openProject(join(folder, 'copy.lacuna'));
    expect(copy.datasets.list().map(({ name }) => name)).toEqual(['kept']);
    expect(await copy.datasets.load(kept.id)).toEqual(matrix);
    expect(copy.runs.get(run.id).state).toBe('interrupted');
    expect(copy.info().title).toBe('A');
    expect(copy.info().uuid).not.toBe(project.info().uuid);
    expect(Buffer.from(copy.thumbnail()?.bytes ?? []).toString()).toBe('<svg/>');
    copy.close();
    expect(project.datasets.list().map(({ name }) => name)).toEqual(['kept', 'later']);
    expect(project.runs.get(run.id).state).toBe('running');
    project.close();
  });

  it('never writes over a file', async () => {
    const folder = temporaryFolder();
    const project = createProject(join(folder, 'a.lacuna'));
    writeFileSync(join(folder, 'taken'), '');
    expect((await thrownBy(() => project.copyTo(join(folder, 'taken')))).code).toBe('bad-request');
    expect((await thrownBy(() => project.copyTo(join(folder, 'nowhere', 'b.lacuna')))).code).toBe('not-found');
    project.close();
    expect(readdirSync(folder)).toEqual(['a.lacuna', 'taken']);
  });
});

describe('the thumbnail', () => {
  it('is kept, replaced, and small', async () => {
    const project = createProject(join(temporaryFolder(), 'a.lacuna'));
    expect(project.thumbnail()).toBeNull();
    project.putThumbnail({ mediaType: 'image/png', bytes: Uint8Array.of(1, 2) });
    project.putThumbnail({ mediaType: 'image/png', bytes: Uint8Array.of(3) });
    expect(project.thumbnail()).toEqual({ mediaType: 'image/png', bytes: Buffer.of(3) });
    expect(
      (await thrownBy(() => project.putThumbnail({ mediaType: 'image/png', bytes: new Uint8Array(2 ** 21) }))).code,
    ).toBe('bad-request');
    project.close();
  });
});

describe('deleteProject', () => {
  it('deletes a closed project with its side files', () => {
    const folder = temporaryFolder();
    createProject(join(folder, 'a.lacuna')).close();
    deleteProject(join(folder, 'a.lacuna'));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('refuses one that is open, here or elsewhere', async () => {
    const path = join(temporaryFolder(), 'a.lacuna');
    const project = createProject(path);
    expect((await thrownBy(() => deleteProject(path))).code).toBe('project-busy');
    project.rename('still works');
    project.close();
    const elsewhere = new Database(path);
    elsewhere.pragma('journal_mode = WAL');
    elsewhere.exec('SELECT 1 FROM project');
    expect((await thrownBy(() => deleteProject(path))).code).toBe('project-busy');
    elsewhere.close();
    deleteProject(path);
    expect(existsSync(path)).toBe(false);
  });

  it('refuses what is not a project', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'thesis.doc'), 'years of work');
    expect((await thrownBy(() => deleteProject(join(folder, 'thesis.doc')))).code).toBe('not-a-project');
    expect((await thrownBy(() => deleteProject(folder))).code).toBe('not-a-project');
    expect((await thrownBy(() => deleteProject(join(folder, 'none')))).code).toBe('not-found');
    expect(readdirSync(folder)).toEqual(['thesis.doc']);
  });
});
