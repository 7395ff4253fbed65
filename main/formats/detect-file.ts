import { open, readdir, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { LacunaError } from '../errors/lacuna-error.ts';
import { hasHdf5Signature } from './hdf5/hdf5-signature.ts';
import { Hdf5File } from './hdf5/hdf5-file.ts';
import { readHead } from './table/table-head.ts';
import type { TableHead } from './table/table-head.ts';

/** What Lacuna reads, for errors and help. */
const whatLacunaReads =
  'Lacuna reads Cell Ranger and Space Ranger .h5, folders with matrix.mtx (gzipped or not), Space Ranger and Xenium folders, Stereo-seq .gem and .gef, AnnData .h5ad, and text tables of counts.';

/** First bytes that tell what a file is, whatever its name says. */
const signatures: { bytes: string; name: string; remedy?: string }[] = [
  { bytes: '%PDF', name: 'a PDF document' },
  {
    bytes: 'PK\x03\x04',
    name: 'a ZIP archive or an Office document',
    remedy: 'Unpack it first and choose what is inside.',
  },
  {
    bytes: '\x1f\x8b',
    name: 'a gzip-compressed file',
    remedy: 'If it is an archive (.tar.gz), unpack it first and choose what is inside.',
  },
  { bytes: 'BZh', name: 'a bzip2-compressed file', remedy: 'Unpack it first and choose what is inside.' },
  { bytes: '\xfd7zXZ', name: 'an xz-compressed file', remedy: 'Unpack it first and choose what is inside.' },
  {
    bytes: '\x28\xb5\x2f\xfd',
    name: 'a Zstandard-compressed file',
    remedy: 'Unpack it first and choose what is inside.',
  },
  { bytes: '7z\xbc\xaf', name: 'a 7-Zip archive', remedy: 'Unpack it first and choose what is inside.' },
  { bytes: 'Rar!', name: 'a RAR archive', remedy: 'Unpack it first and choose what is inside.' },
  {
    bytes: 'SQLite format 3\0',
    name: 'an SQLite database',
    remedy: 'A Lacuna project is opened with Open, not imported.',
  },
  { bytes: 'PAR1', name: 'a Parquet table' },
  { bytes: '\x89PNG', name: 'a PNG picture' },
  { bytes: '\xff\xd8\xff', name: 'a JPEG picture' },
  { bytes: 'II*\0', name: 'a TIFF picture' },
  { bytes: 'MM\0*', name: 'a TIFF picture' },
  {
    bytes: 'RDX',
    name: 'an R data file',
    remedy: 'In R, write it as 10x files with DropletUtils::write10xCounts, and choose those.',
  },
  {
    bytes: 'X\n',
    name: 'an R data file',
    remedy: 'In R, write it as 10x files with DropletUtils::write10xCounts, and choose those.',
  },
];

/**
 * The error for a file or folder that no reader recognises: what it looks like, and what Lacuna reads.
 * @returns a LacunaError `unknown-format`; `truncated-file`, `bad-file`, `not-found` or `no-access` where that is the cause
 */
export async function unrecognised(path: string): Promise<LacunaError> {
  const name = basename(path);
  const error = (found: string, remedy = '') =>
    new LacunaError('unknown-format', `${name} ${found}.`, `${remedy} ${whatLacunaReads}`.trim(), { file: path });
  try {
    const info = await stat(path);
    if (info.isDirectory()) return error(await describeFolder(path));
    if (info.size === 0)
      return new LacunaError('truncated-file', `${name} is empty: it has no bytes at all.`, 'Copy it again.', {
        file: path,
      });
    if (await hasHdf5Signature(path)) return await describeHdf5(path, error);
    const head = await firstBytes(path, 512);
    const known = signatures.find(({ bytes }) => head.startsWith(bytes));
    if (known) return error(`is ${known.name}`, known.remedy);
    if (looksLikeText(head)) {
      const table = await readHead(path).catch(() => null);
      if (table !== null && table.delimiter !== ' ')
        return error(`is a table without counts: ${columnsOf(table)}`, tableRemedy);
      const line = head.split(/\r?\n/, 1)[0].slice(0, 60);
      return error(`is a text file that begins with "${line}", not a matrix that Lacuna knows`);
    }
    return error('is of no kind that Lacuna knows');
  } catch (cause) {
    return LacunaError.from(cause);
  }
}

const tableRemedy =
  'If it belongs to a table of counts, put both into one folder or give both; labels are given together with the data. If it does hold counts, say so: `lacuna import FILE matrix=NAME --format table`.';

function columnsOf({ columns, hasHeader }: TableHead): string {
  if (!hasHeader) return `it has ${columns.length} columns without headings`;
  const shown = columns.slice(0, 5).map((column) => `"${column}"`);
  return `its columns are ${shown.join(', ')}${columns.length > 5 ? ` and ${columns.length - 5} more` : ''}`;
}

async function describeFolder(path: string): Promise<string> {
  const names = (await readdir(path)).sort();
  if (names.length === 0) return 'is an empty folder';
  const matrices = names.filter((name) => /\.(h5|h5ad)$/i.test(name));
  if (matrices.length === 1) return `is a folder around ${matrices[0]}: choose that file itself`;
  const shown = names.slice(0, 5).join(', ');
  return `is a folder without a matrix.mtx (it holds ${shown}${names.length > 5 ? ` and ${names.length - 5} more` : ''})`;
}

async function describeHdf5(
  path: string,
  error: (found: string, remedy?: string) => LacunaError,
): Promise<LacunaError> {
  const file = await Hdf5File.open(path); // a truncated one is told from here
  try {
    const keys = file.keys('/');
    if (keys.includes('mod')) {
      return error(
        'is a MuData file (.h5mu)',
        'Write the modality you need as .h5ad: mdata.mod["rna"].write_h5ad(path) in Python.',
      );
    }
    if (keys.includes('row_attrs') && keys.includes('col_attrs')) {
      return error('is a Loom file', 'In Python, anndata.io.read_loom(path).write_h5ad(...) turns it into .h5ad.');
    }
    return error(
      `is an HDF5 file, but neither a Cell Ranger matrix nor AnnData (it holds ${keys.slice(0, 8).join(', ') || 'nothing'})`,
    );
  } finally {
    file.close();
  }
}

async function firstBytes(path: string, length: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}

function looksLikeText(head: string): boolean {
  return !/[\0-\x08\x0e-\x1f]/.test(head);
}
