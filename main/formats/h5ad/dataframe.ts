import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Column } from '../../dataset/column.ts';
import { booleanColumn } from '../hdf5/column-of-dataset.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { categoricalColumn, columnAt, textVector } from './h5ad-vectors.ts';

/** A table of annotations: obs, var, or one in obsm. */
export interface DataFrame {
  names: string[];
  columns: Column[];
  /** Columns of kinds that Lacuna has no place for. */
  skipped: string[];
}

/**
 * Reads obs or var in any of anndata's layouts: a table of records (to 0.6), a group with `__categories` (0.7), a group
 * of encoded columns (0.8 and later).
 * @throws LacunaError `bad-file`
 */
export function readDataFrame(file: Hdf5File, place: string): DataFrame {
  const kind = file.kind(place);
  if (kind === 'missing') throw file.missing(place, 'a table of annotations');
  return kind === 'dataset' ? recordTable(file, place) : columnGroup(file, place);
}

/** How many rows a table has, without reading it all. */
export function dataFrameLength(file: Hdf5File, place: string): number {
  if (file.kind(place) === 'dataset') return file.info(place).shape[0] ?? 0;
  const index = indexPlace(file, place);
  return file.info(file.kind(index) === 'group' ? `${index}/values` : index).shape[0] ?? 0;
}

function columnGroup(file: Hdf5File, place: string): DataFrame {
  const index = indexPlace(file, place);
  const names = textVector(file, index, 'the names');
  const stored = file.keys(place);
  const order = file.attribute(place, 'column-order');
  const listed = Array.isArray(order) && order.length > 0 ? order.map(String) : stored;
  const columns: Column[] = [];
  const skipped: string[] = [];
  for (const name of listed) {
    const where = `${place}/${name}`;
    if (where === index || name === '__categories') continue;
    const categories = `${place}/__categories/${name}`;
    const column =
      file.kind(categories) === 'dataset'
        ? categoricalColumn(file, name, where, categories, file.attribute(categories, 'ordered') === true)
        : file.kind(where) === 'missing'
          ? null
          : columnAt(file, where, name);
    if (column === null) skipped.push(name);
    else columns.push(checked(file, where, column, names.length));
  }
  return { names, columns, skipped };
}

function indexPlace(file: Hdf5File, place: string): string {
  const named = file.attribute(place, '_index');
  const candidates = [typeof named === 'string' ? named : null, '_index', 'index'].filter(
    (name): name is string => name !== null,
  );
  const found = candidates.find((name) => file.kind(`${place}/${name}`) !== 'missing');
  if (found === undefined) throw file.missing(`${place}/${candidates[0]}`, 'the names');
  return `${place}/${found}`;
}

/** anndata to 0.6: one dataset of records; categories are codes here, and their names in `uns/NAME_categories`. */
function recordTable(file: Hdf5File, place: string): DataFrame {
  const members = file.readCompound(place, 'a table of annotations');
  const index =
    members.find(({ name }) => name === 'index' || name === '_index') ?? members.find(({ kind }) => kind === 'string');
  if (index === undefined) throw file.missing(`${place}/index`, 'the names');
  const columns: Column[] = [];
  const skipped: string[] = [];
  for (const member of members) {
    if (member === index) continue;
    const { name, kind, numbers, strings, width } = member;
    const categories = `uns/${name}_categories`;
    if (width !== 1 || kind === 'other') skipped.push(name);
    else if (strings) columns.push({ kind: 'string', name, values: strings });
    else if (kind === 'boolean') columns.push(booleanColumn(name, numbers!));
    else if (kind === 'integer' && file.kind(categories) === 'dataset') {
      const texts = textVector(file, categories, 'the categories');
      const codes = Int32Array.from(numbers!, (code) => (code >= 0 && code < texts.length ? code : -1));
      columns.push({ kind: 'categorical', name, codes, categories: texts, ordered: false });
    } else columns.push({ kind: 'numeric', name, values: numbers! });
  }
  const names = index.strings ?? Array.from(index.numbers!, String);
  return { names, columns, skipped };
}

function checked(file: Hdf5File, place: string, column: Column, length: number): Column {
  const found = column.kind === 'categorical' ? column.codes.length : column.values.length;
  if (found === length) return column;
  throw new LacunaError(
    'bad-file',
    `${file.path} contradicts itself: ${place} has ${found.toLocaleString('en-US')} values where ${length.toLocaleString('en-US')} were expected.`,
    'The file is damaged or was not written completely: write it or copy it again.',
    {
      file: file.path,
      place,
    },
  );
}
