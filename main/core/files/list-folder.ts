import { access, constants, readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, parse, resolve } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { fileHint, type FileHint } from './file-hint.ts';

export interface FileEntry {
  name: string;
  path: string;
  kind: 'folder' | 'file';
  /** Null for folders. */
  bytes: number | null;
  /** ISO date; null when the system does not say. */
  modified: string | null;
  hint: FileHint | null;
}

export interface FolderListing {
  path: string;
  /** Null at the top of a drive. */
  parent: string | null;
  /** From the top of the drive to this folder. */
  crumbs: { name: string; path: string }[];
  /** Folders first, then files, each in the order of their names. */
  entries: FileEntry[];
  /** Entries that are not shown. */
  omitted: number;
  writable: boolean;
}

/** A picker with more lines than this is of no use, and a listing must stay quick on a network drive. */
const longest = 5_000;
/** Questions to the file system at the same time. */
const atOnce = 32;

/** `~` stands for home; other paths must be absolute once that is done. @throws LacunaError `bad-request` */
export function expandPath(path: string): string {
  if (path.includes('\0')) throw new LacunaError('bad-request', 'A path cannot hold a zero byte.', 'Check the path.');
  return resolve(path === '~' || /^~[/\\]/.test(path) ? join(homedir(), path.slice(1)) : path);
}

/**
 * What is in a folder, without what is hidden and without what is neither file nor folder.
 *
 * @throws LacunaError `not-found`, `no-access`, `bad-request` when it is a file
 */
export async function listFolder(path: string): Promise<FolderListing> {
  const folder = expandPath(path);
  const found = await readdir(folder, { withFileTypes: true }).catch((thrown: unknown) => {
    throw explain(thrown, folder);
  });
  const shown = found.filter((entry) => !isHidden(entry.name));
  const entries: FileEntry[] = [];
  const queue = shown.slice(0, longest);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
        const described = await describe(folder, entry.name);
        if (described !== null) entries.push(described);
      }
    }),
  );
  const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
  entries.sort((a, b) => Number(b.kind === 'folder') - Number(a.kind === 'folder') || collator.compare(a.name, b.name));
  return {
    path: folder,
    parent: dirname(folder) === folder ? null : dirname(folder),
    crumbs: crumbsOf(folder),
    entries,
    omitted: found.length - entries.length,
    writable: await access(folder, constants.W_OK).then(
      () => true,
      () => false,
    ),
  };
}

/** Null for what cannot be chosen: sockets, devices, links to nothing. */
async function describe(folder: string, name: string): Promise<FileEntry | null> {
  const path = join(folder, name);
  try {
    const info = await stat(path);
    if (!info.isDirectory() && !info.isFile()) return null;
    const kind = info.isDirectory() ? 'folder' : 'file';
    const modified = Number.isFinite(info.mtimeMs) ? info.mtime.toISOString() : null;
    return { name, path, kind, bytes: kind === 'file' ? info.size : null, modified, hint: fileHint(name, kind) };
  } catch {
    return null;
  }
}

/** Dot files, and the files that SQLite keeps beside an open project. */
function isHidden(name: string): boolean {
  return (
    name.startsWith('.') ||
    /\.lacuna-(wal|shm|journal)$/.test(name) ||
    /^(\$RECYCLE\.BIN|System Volume Information|desktop\.ini)$/i.test(name)
  );
}

function crumbsOf(folder: string): { name: string; path: string }[] {
  const { root } = parse(folder);
  const crumbs: { name: string; path: string }[] = [];
  for (let path = folder; ; path = dirname(path)) {
    crumbs.unshift({ name: path === root ? root : basename(path), path });
    if (path === root) return crumbs;
  }
}

function explain(thrown: unknown, path: string): LacunaError {
  const code = (thrown as NodeJS.ErrnoException).code ?? '';
  const known = explanations.get(code);
  return known === undefined ? LacunaError.from(thrown) : known(path, thrown);
}

const explanations = new Map<string, (path: string, cause: unknown) => LacunaError>([
  ['ENOENT', noSuchFolder],
  ['ENOTDIR', isFile],
  ['EACCES', noAccess],
  ['EPERM', noAccess],
]);

function noSuchFolder(path: string, cause: unknown): LacunaError {
  const remedy = 'Check the path, or whether the drive is connected.';
  return new LacunaError('not-found', `There is no folder ${path}.`, remedy, { path }, cause);
}

function isFile(path: string, cause: unknown): LacunaError {
  const remedy = 'Choose the folder that it lies in.';
  return new LacunaError('bad-request', `${path} is a file, not a folder.`, remedy, { path }, cause);
}

function noAccess(path: string, cause: unknown): LacunaError {
  const remedy = 'Choose another folder, or ask for the rights to this one.';
  return new LacunaError('no-access', `You may not look into ${path}.`, remedy, { path }, cause);
}
