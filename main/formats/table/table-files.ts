import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { describeTable } from './describe-table.ts';
import type { TableSketch } from './describe-table.ts';
import { readHead } from './table-head.ts';
import type { HeadWishes } from './table-head.ts';

/** A table that may be part of a dataset, under the name by which it is chosen. */
export interface TableFile {
  /** Its name, with the folder below the chosen one where it lies in one; the whole path when it lies elsewhere. */
  value: string;
  path: string;
  sketch: TableSketch;
}

/** Ending of the names of text tables; in a folder, other files are not looked at. */
const tableName = /\.(csv|tsv|txt|tab)(\.gz)?$/i;
/** Of a folder with many tables, this many are looked at, those with telling names first. */
const mostTables = 40;
const tellingName = /count|matrix|expr|dge|gene|umi|locat|posit|coord|centroid|meta|spatial|annot|label|cells?[._-]/i;

/**
 * The tables at a path: those of a folder (or, where it has none, of the folders in it), or a file and those beside it.
 * The file that was named comes first.
 */
export async function findTables(path: string): Promise<TableFile[]> {
  const info = await stat(path).catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  if (info.isDirectory()) {
    const here = await inFolder(path, '');
    if (here.length > 0) return here;
    const folders = (await readdir(path, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .slice(0, mostTables);
    const below: TableFile[] = [];
    for (const { name } of folders) below.push(...(await inFolder(join(path, name), `${name}/`).catch(() => [])));
    return below;
  }
  const own = await tableAt(path);
  if (own === null) return [];
  const beside = await inFolder(dirname(resolve(path)), '').catch(() => []);
  return [own, ...beside.filter((file) => resolve(file.path) !== resolve(path))];
}

/** A table by the name it is chosen by: one of those found, else a path. @throws LacunaError `bad-option` */
export async function tableByValue(found: readonly TableFile[], value: string, base: string): Promise<TableFile> {
  const known = found.find((file) => file.value === value || resolve(file.path) === resolve(value));
  if (known) return known;
  const path = isAbsolute(value) ? value : resolve(base, value);
  const exists = await stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
  const table = exists ? await tableAt(path) : null;
  if (table !== null) return { ...table, value };
  const values = found.map((file) => file.value);
  throw new LacunaError(
    'bad-option',
    exists ? `${value} is no text table.` : `There is no table '${value}'.`,
    `The tables here are: ${values.join(', ')}. A path to another one is taken too.`,
    { value, values },
  );
}

/** The table again, split as a person has said. @throws LacunaError `bad-option` when it does not split so */
export async function splitAs(file: TableFile, wishes: HeadWishes): Promise<TableFile> {
  if (wishes.delimiter === undefined && wishes.hasHeader === undefined) return file;
  // Quotation marks make no sense between delimiters that are none.
  const head = await readHead(file.path, wishes).catch((error: unknown) => {
    if (wishes.delimiter === file.sketch.head.delimiter) throw error;
    return null;
  });
  if (head !== null) return { ...file, sketch: describeTable(head) };
  throw new LacunaError(
    'bad-option',
    `${basename(file.path)} does not fall into columns when it is split so.`,
    'Choose another delimiter.',
    { file: file.path, ...wishes },
  );
}

async function inFolder(folder: string, prefix: string): Promise<TableFile[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isDirectory() && tableName.test(entry.name)).map(({ name }) => name);
  names.sort((a, b) => Number(tellingName.test(b)) - Number(tellingName.test(a)) || (a < b ? -1 : 1));
  const found: TableFile[] = [];
  for (const name of names.slice(0, mostTables)) {
    // What cannot be read is only then of interest when it is chosen.
    const table = await tableAt(join(folder, name)).catch(() => null);
    if (table !== null) found.push({ ...table, value: `${prefix}${name}` });
  }
  return found;
}

async function tableAt(path: string): Promise<TableFile | null> {
  const head = await readHead(path);
  return head === null ? null : { value: basename(path), path, sketch: describeTable(head) };
}
