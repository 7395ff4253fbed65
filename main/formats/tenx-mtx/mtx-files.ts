import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { firstContent } from '../file-bytes.ts';

/** One matrix and the two lists that name its cells and genes. */
export interface MtxFiles {
  /** The prefix or folder that tells this matrix from others beside it; '' when there is one. */
  label: string;
  matrix: string;
  /** `null` when there is none. */
  barcodes: string | null;
  features: string | null;
}

const matrixName = /\.mtx(\.gz)?$/i;
const barcodesName = /barcodes?\.(tsv|txt|csv)(\.gz)?$/i;
const featuresName = /(features?|genes?)\.(tsv|txt|csv)(\.gz)?$/i;

/**
 * The matrices at a path: a matrix file, a folder with one or more of them (told apart by their prefix, as
 * `GSM123_matrix.mtx.gz`), or a folder of such folders (one per genome in Cell Ranger 2).
 */
export async function findMtxFiles(path: string): Promise<MtxFiles[]> {
  const info = await stat(path).catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  if (!info.isDirectory()) {
    const folder = dirname(path);
    return [withLists(folder, basename(path), await readdir(folder))];
  }
  const here = await inFolder(path);
  if (here.length > 0) return here;
  const entries = await readdir(path, { withFileTypes: true });
  const below = await Promise.all(
    entries
      .filter((entry) => entry.isDirectory())
      .map(async ({ name }) => {
        const found = await inFolder(join(path, name)).catch(() => []);
        return found.map((files) => ({ ...files, label: files.label === '' ? name : `${name}/${files.label}` }));
      }),
  );
  return below.flat().sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** True when the content begins as a MatrixMarket file does. */
export async function isMatrixMarket(path: string): Promise<boolean> {
  return /^%%matrixmarket\s/i.test((await firstContent(path, 32)).toString('latin1'));
}

async function inFolder(folder: string): Promise<MtxFiles[]> {
  const names = (await readdir(folder)).sort();
  const matrices = names.filter((name) => matrixName.test(name));
  return matrices.map((name) => {
    const files = withLists(folder, name, names);
    return { ...files, label: matrices.length > 1 ? prefixOf(name).replace(/[._-]$/, '') || 'matrix' : '' };
  });
}

/** 'GSM123_matrix.mtx.gz' → 'GSM123_', 'cells_x_genes.mtx' → 'cells_x_genes', 'matrix.mtx' → '' */
function prefixOf(matrix: string): string {
  return matrix.replace(matrixName, '').replace(/matrix$/i, '');
}

function withLists(folder: string, matrix: string, names: readonly string[]): MtxFiles {
  const prefix = prefixOf(matrix);
  const find = (pattern: RegExp) => {
    const candidates = names.filter((name) => pattern.test(name));
    const bareName = (name: string) => name.replace(pattern, '').replace(/[._-]$/, '');
    const own = candidates.find((name) => bareName(name) === prefix.replace(/[._-]$/, ''));
    const bare = candidates.find((name) => bareName(name) === '');
    // A matrix under a name of its own may still have the only lists in the folder.
    const chosen = own ?? bare ?? (candidates.length === 1 ? candidates[0] : undefined);
    return chosen === undefined ? null : join(folder, chosen);
  };
  return { label: '', matrix: join(folder, matrix), barcodes: find(barcodesName), features: find(featuresName) };
}
