import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import { booleanColumn, categoricalOf, columnOfDataset } from '../hdf5/column-of-dataset.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';

/** The features of a Cell Ranger file, all of them, in file order. */
export interface TenxFeatures {
  names: string[];
  ids: string[];
  /** [n], '' where the file does not say. */
  types: string[];
  genomes: string[];
  /** Anything else the file tells of them: interval, probe region … */
  extra: Column[];
}

/** Where things are in a Cell Ranger `.h5`. */
export interface TenxLayout {
  version: 2 | 3;
  /** Groups with a matrix: 'matrix' (v3), or one per genome (v1, v2). */
  groups: string[];
}

const members = ['barcodes', 'data', 'indices', 'indptr', 'shape'];

/** The layout of a Cell Ranger file, `null` when it is none. */
export function tenxLayout(file: Hdf5File): TenxLayout | null {
  const hasMatrix = (group: string) => {
    const keys = file.keys(group);
    return members.filter((member) => keys.includes(member)).length >= 4;
  };
  if (hasMatrix('matrix') && file.kind('matrix/features') === 'group') return { version: 3, groups: ['matrix'] };
  const groups = file
    .keys('/')
    .filter(
      (group) =>
        hasMatrix(group) &&
        (file.kind(`${group}/genes`) === 'dataset' || file.kind(`${group}/gene_names`) === 'dataset'),
    );
  return groups.length > 0 ? { version: 2, groups } : null;
}

/** Cell Ranger 1 and 2: `genes` holds the identifiers, `gene_names` the symbols, the group's name is the genome. */
export function readGenes(file: Hdf5File, group: string): TenxFeatures {
  const ids = file.readStrings(`${group}/genes`, 'the gene identifiers');
  const names = file.kind(`${group}/gene_names`) === 'dataset' ? file.readStrings(`${group}/gene_names`) : ids;
  return { names, ids, types: ids.map(() => 'Gene Expression'), genomes: ids.map(() => group), extra: [] };
}

/**
 * Cell Ranger 3 and later, Space Ranger: everything under `features`. In probe-level files `id` and `name` describe the
 * probe, `gene_id` and `gene_name` its gene.
 */
export function readFeatures(file: Hdf5File): TenxFeatures {
  const place = 'matrix/features';
  const ids = file.readStrings(`${place}/id`, 'the feature identifiers');
  const keys = file.keys(place);
  const strings = (key: string, fallback: string[]) => {
    if (!keys.includes(key)) return fallback;
    const values = file.readStrings(`${place}/${key}`);
    if (values.length !== ids.length) throw wrongLength(file, `${place}/${key}`, values.length, ids.length);
    return values;
  };
  const blank = ids.map(() => '');
  const extra: Column[] = [];
  let geneIds = ids;
  if (keys.includes('gene_id')) {
    geneIds = strings('gene_id', ids);
    extra.push({ kind: 'string', name: 'probe_id', values: ids });
  }
  for (const key of keys) {
    if (['id', 'name', 'feature_type', 'genome', 'gene_id', '_all_tag_keys', 'target_sets'].includes(key)) continue;
    if (file.kind(`${place}/${key}`) !== 'dataset' || file.info(`${place}/${key}`).shape[0] !== ids.length) continue;
    const column = columnOfDataset(file, `${place}/${key}`, key);
    if (column)
      extra.push(column.kind === 'string' && isRepetitive(column.values) ? categoricalOf(key, column.values) : column);
  }
  for (const set of file.keys(`${place}/target_sets`)) {
    // Cell Ranger lists the targeted features by number; other writers put identifiers there, which tell nothing more.
    if (file.info(`${place}/target_sets/${set}`).kind !== 'integer') continue;
    const targeted = new Uint8Array(ids.length);
    for (const index of file.readNumbers(`${place}/target_sets/${set}`)) if (index < ids.length) targeted[index] = 1;
    extra.push(booleanColumn(`targeted: ${set}`, targeted));
  }
  return {
    names: strings('name', ids),
    ids: geneIds,
    types: strings('feature_type', blank),
    genomes: strings('genome', blank),
    extra,
  };
}

function isRepetitive(values: readonly string[]): boolean {
  return new Set(values).size <= Math.max(1, values.length / 20);
}

function wrongLength(file: Hdf5File, place: string, found: number, expected: number): LacunaError {
  return new LacunaError(
    'bad-file',
    `${file.path} contradicts itself: ${place} has ${found.toLocaleString('en-US')} entries where ${expected.toLocaleString('en-US')} were expected.`,
    'The file is damaged or was not written completely: write it or copy it again.',
    { file: file.path, place },
  );
}

/**
 * Genes and cells as `shape` says, checked against the names. Cell Ranger writes shape as [nVar, nObs].
 * @throws LacunaError `bad-file`
 */
export function checkShape(file: Hdf5File, group: string, nVar: number, nObs: number): void {
  const [rows, columns] = file.readNumbers(`${group}/shape`, 'the numbers of genes and cells');
  if (rows !== nVar) throw wrongLength(file, `the list of genes in ${group}`, nVar, rows);
  if (columns !== nObs) throw wrongLength(file, `${group}/barcodes`, nObs, columns);
}
