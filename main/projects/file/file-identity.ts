import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { isOpenHere } from './open-files.ts';

/** 'LACU' as a number: SQLite's header carries it at byte 68, and `file` and we know a project by it. */
export const applicationId = 0x4c414355;

const sqliteMagic = 'SQLite format 3\0';
const headerBytes = 100;

/**
 * Sees to it that the file at `path` is a Lacuna project before SQLite touches it: SQLite would put side files next to
 * a foreign database. A file that this process has open is known already, and must not be read: see open-files.ts.
 *
 * @throws LacunaError `not-found`, `not-a-project`, `project-damaged`, `no-access`
 */
export function requireProjectFile(path: string): void {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined)
    throw new LacunaError(
      'not-found',
      `There is no project at ${path}.`,
      'Check the path, or whether the drive is connected.',
      { path },
    );
  if (!stat.isFile()) throw notAProject(path, 'It is a folder.');
  if (stat.size === 0) throw notAProject(path, 'The file is empty.');
  if (isOpenHere(path)) return;
  const header = readHeader(path);
  const magic = header.subarray(0, sqliteMagic.length).toString('latin1');
  if (magic !== sqliteMagic.slice(0, magic.length)) throw notAProject(path, 'The file has another format.');
  if (header.length < headerBytes) {
    throw new LacunaError(
      'project-damaged',
      `The project ${path} ends after ${header.length} bytes.`,
      'It was probably cut off while copying: copy it again.',
      { path },
    );
  }
  if (header.readUInt32BE(68) !== applicationId)
    throw notAProject(path, 'It is an SQLite database of another program.');
}

function readHeader(path: string): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const header = Buffer.alloc(headerBytes);
      return header.subarray(0, readSync(file, header, 0, headerBytes, 0));
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    throw LacunaError.from(thrown);
  }
}

function notAProject(path: string, why: string): LacunaError {
  return new LacunaError(
    'not-a-project',
    `${path} is not a Lacuna project. ${why}`,
    'Choose a .lacuna file; data files are opened by importing them into a project.',
    { path },
  );
}

/** @throws LacunaError `project-too-new` */
export function requireKnownVersion(path: string, version: number, known: number): void {
  if (version <= known) return;
  throw new LacunaError(
    'project-too-new',
    `The project ${path} was written by a newer Lacuna: its file version is ${version}, and this Lacuna knows versions up to ${known}.`,
    'Install the newest Lacuna, then open the project again. Nothing was changed.',
    { path, version, known },
  );
}
