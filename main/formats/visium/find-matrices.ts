import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ImportChoice } from '../format-reader.ts';

/** A matrix of a Space Ranger folder. */
export interface VisiumMatrix {
  /** 'filtered', 'raw', 'raw_probe'; the file's name when two would be called the same. */
  value: string;
  label: string;
  /** `.h5` file or folder with `matrix.mtx`. */
  path: string;
  isFolder: boolean;
}

/** Space Ranger's names, with or without the sample's in front, as the files of public data sets have it. */
const known = /^(?:(.*)[_.-])?(filtered|raw)_(feature|gene|probe)_bc_matri(?:x|ces)(?:_h5)?(\.h5)?$/i;
const labels: Record<string, string> = {
  filtered: 'Filtered: the spots that Space Ranger found under tissue',
  raw: 'Raw: all spots',
  raw_probe: 'Raw probes: all spots, one row per probe',
};
const order = ['filtered', 'raw', 'raw_probe'];

/**
 * The matrices in a Space Ranger folder, the filtered one first. Where a matrix is there both as `.h5` and as a folder,
 * the `.h5` is taken: it holds the same and reads faster.
 *
 * @throws LacunaError `bad-file` when there is none
 */
export async function findMatrices(root: string): Promise<VisiumMatrix[]> {
  const found = new Map<string, VisiumMatrix>();
  const names = (await readdir(root)).sort((a, b) => Number(b.endsWith('.h5')) - Number(a.endsWith('.h5')));
  for (const name of names) {
    const match = known.exec(name);
    if (match === null) continue;
    const [, sample, which, what, h5] = match;
    const path = join(root, name);
    const isFolder = (await stat(path)).isDirectory();
    if (isFolder === (h5 !== undefined)) continue;
    const kind = what.toLowerCase() === 'probe' ? `${which.toLowerCase()}_probe` : which.toLowerCase();
    const value = found.has(kind) && sample !== undefined ? name : kind;
    if (!found.has(value)) found.set(value, { value, label: labels[kind] ?? name, path, isFolder });
  }
  const rank = ({ value }: VisiumMatrix) => (order.includes(value) ? order.indexOf(value) : order.length);
  const matrices = [...found.values()].sort((a, b) => rank(a) - rank(b));
  return matrices.length > 0 ? matrices : [onlyMatrix(root, names)];
}

/** A matrix under a name of its own, when there is just one. */
function onlyMatrix(root: string, names: readonly string[]): VisiumMatrix {
  const own = { value: 'only', label: 'The only matrix' };
  const h5 = names.filter((name) => /\.h5$/i.test(name) && !/molecule_info|_barcode_summary/i.test(name));
  if (h5.length === 1) return { ...own, path: join(root, h5[0]), isFolder: false };
  if (names.some((name) => /\.mtx(\.gz)?$/i.test(name))) return { ...own, path: root, isFolder: true };
  throw new LacunaError(
    'bad-file',
    `${root} has positions of spots but no matrix: filtered_feature_bc_matrix.h5 or the folder filtered_feature_bc_matrix was expected.`,
    'Copy the matrix of the same run into this folder, beside the folder spatial.',
    { file: root },
  );
}

/** The choice between them; null when there is one. */
export function matrixChoice(matrices: readonly VisiumMatrix[]): ImportChoice | null {
  if (matrices.length < 2) return null;
  return {
    key: 'matrix',
    label: 'Matrix',
    help: 'Which matrix of the run to import.',
    kind: 'one-of',
    options: matrices.map(({ value, label }) => ({ value, label })),
    default: matrices[0].value,
  };
}
