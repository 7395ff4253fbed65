import {
  closeSync,
  copyFileSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { createProject } from './create-project.ts';
import { connect } from './file/connect.ts';
import { applicationId } from './file/file-identity.ts';
import { currentVersion } from './migrations/migrations.ts';
import { openProject } from './open-project.ts';
import { madeMatrix, madeSource } from './testing/made-source.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';
import { thrownBy } from './testing/thrown.ts';

/** A closed project with one dataset in it. */
async function closedProject(): Promise<string> {
  const path = join(temporaryFolder(), 'liver.lacuna');
  const project = createProject(path);
  await project.datasets.import(madeSource(madeMatrix(300, 200, 0.1, 1)));
  project.close();
  return path;
}

function overwrite(path: string, at: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, at);
  closeSync(file);
}

describe('createProject', () => {
  it('makes one file that says what it is', () => {
    const folder = temporaryFolder();
    const project = createProject(join(folder, 'liver pilot.lacuna'));
    const info = project.info();
    expect(info).toMatchObject({
      title: 'liver pilot',
      version: currentVersion,
      path: join(folder, 'liver pilot.lacuna'),
    });
    expect(info.uuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(info.fileBytes).toBeGreaterThan(0);
    project.close();
    expect(readdirSync(folder)).toEqual(['liver pilot.lacuna']);
    expect(readFileSync(info.path).readUInt32BE(68)).toBe(applicationId);
  });

  it('keeps the title, and takes another', () => {
    const path = join(temporaryFolder(), 'a.lacuna');
    const project = createProject(path, { title: 'Liver, first pilot' });
    expect(project.info().title).toBe('Liver, first pilot');
    project.rename(' Liver ');
    project.close();
    const again = openProject(path);
    expect(again.info().title).toBe('Liver');
    expect(() => again.rename(' ')).toThrow('title');
    again.close();
  });

  it('never writes over a file, and needs a folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'letter.txt'), 'Dear');
    expect((await thrownBy(() => createProject(join(folder, 'letter.txt')))).code).toBe('bad-request');
    expect(readFileSync(join(folder, 'letter.txt'), 'utf8')).toBe('Dear');
    const error = await thrownBy(() => createProject(join(folder, 'nowhere', 'a.lacuna')));
    expect(error.code).toBe('not-found');
    expect(error.message).toContain(join(folder, 'nowhere'));
  });
});

describe('openProject', () => {
  it('refuses what is not a project, and leaves no side files', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'text'), 'barcode,label\n'.repeat(100));
    writeFileSync(join(folder, 'empty'), '');
    mkdirSync(join(folder, 'folder'));
    const foreign = new Database(join(folder, 'foreign.db'));
    foreign.pragma('journal_mode = WAL');
    foreign.exec('CREATE TABLE songs (title TEXT)');
    foreign.close();
    const before = readdirSync(folder);
    for (const name of ['text', 'empty', 'folder', 'foreign.db']) {
      const error = await thrownBy(() => openProject(join(folder, name)));
      expect(error.code, name).toBe('not-a-project');
      expect(error.message).toContain(join(folder, name));
    }
    expect((await thrownBy(() => openProject(join(folder, 'foreign.db')))).message).toContain('another program');
    expect((await thrownBy(() => openProject(join(folder, 'missing')))).code).toBe('not-found');
    expect(readdirSync(folder)).toEqual(before);
  });

  it('refuses a newer file with both versions, and does not change it', async () => {
    const path = await closedProject();
    const database = new Database(path);
    database.pragma(`user_version = ${currentVersion + 41}`);
    database.close();
    const before = readFileSync(path);
    const error = await thrownBy(() => openProject(path));
    expect(error.code).toBe('project-too-new');
    expect(error.message).toContain(String(currentVersion + 41));
    expect(error.message).toMatch(new RegExp(`up to ${currentVersion}\\b`));
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('tells a cut-off file from one that is not ours', async () => {
    const path = await closedProject();
    for (const bytes of [60, 4096, Math.floor(statSync(path).size / 2)]) {
      const cut = `${path}.${bytes}`;
      copyFileSync(path, cut);
      truncateSync(cut, bytes);
      expect((await thrownBy(() => openProject(cut))).code, `${bytes} bytes`).toBe('project-damaged');
    }
  });

  it('tells damage of the structure from a fault of ours', async () => {
    const path = await closedProject();
    // The first table page after the header's: overwritten, the schema cannot be read.
    overwrite(path, 100, new Uint8Array(3000).fill(0xff));
    expect((await thrownBy(() => openProject(path))).code).toBe('project-damaged');
  });

  it('says that a closed project is closed; closing twice is fine', async () => {
    const project = openProject(await closedProject());
    project.close();
    project.close();
    const error = await thrownBy(() => project.datasets.list());
    expect(error.code).toBe('bad-request');
    expect(error.message).toContain('closed');
  });

  it('serves two connections, and the last one leaves a single file', async () => {
    const path = await closedProject();
    const folder = join(path, '..');
    const window = openProject(path);
    const worker = openProject(path);
    worker.rename('from the worker');
    expect(window.info().title).toBe('from the worker');
    const done = worker.datasets.import(madeSource(madeMatrix(500, 300, 0.1, 2), { name: 'second' }));
    expect(window.datasets.list().map((dataset) => dataset.name)).toEqual(['made']);
    window.rename('from the window, meanwhile');
    await done;
    expect(window.datasets.list().map((dataset) => dataset.name)).toEqual(['made', 'second']);
    window.close();
    expect(worker.info().title).toBe('from the window, meanwhile');
    worker.close();
    expect(readdirSync(folder)).toEqual(['liver.lacuna']);
    const header = readFileSync(path);
    // Bytes 18 and 19 are 1 for a file that needs no write-ahead log.
    expect([header[18], header[19]]).toEqual([1, 1]);
  });

  it('says who is in the way when another process keeps writing', async () => {
    const path = await closedProject();
    const other = connect(path);
    const patient = connect(path);
    patient.pragma('busy_timeout = 50');
    other.exec('BEGIN IMMEDIATE');
    const error = await thrownBy(() => patient.run("UPDATE project SET title = 'waits, then gives up'"));
    expect(error.code).toBe('project-busy');
    expect(error.message).toContain(path);
    other.exec('ROLLBACK');
    patient.run("UPDATE project SET title = 'goes'");
    other.close();
    patient.close();
  });
});
