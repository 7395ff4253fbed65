import type { Inspection } from './import-item.svelte.ts';

export type TablePreview = NonNullable<Inspection['table']>;
export type ColumnRole = TablePreview['roles'][number];
type Options = Record<string, string>;

/** The choices that the pictures of the tables take care of. */
export const tableKeys: ReadonlySet<string> = new Set([
  'matrix',
  'positions',
  'delimiter',
  'header',
  'orientation',
  'id',
  'positions-delimiter',
  'positions-header',
  'positions-id',
  'x',
  'y',
  'z',
  'annotations',
]);

const columnKeys = ['x', 'y', 'z', 'annotations'];

/** Choices that lose their sense when another one changes: other tables have other columns. */
const dependents: Record<string, string[]> = {
  matrix: [...tableKeys].filter((key) => key !== 'matrix'),
  positions: ['positions-delimiter', 'positions-header', 'positions-id', ...columnKeys, 'unit'],
  delimiter: ['header', 'orientation', 'id', ...columnKeys],
  header: ['orientation', 'id', ...columnKeys],
  orientation: ['id', ...columnKeys],
  'positions-delimiter': ['positions-header', 'positions-id', ...columnKeys],
  'positions-header': ['positions-id', ...columnKeys],
};

/** The options after one of the tables' choices was changed; what was chosen on top of it is found out anew. */
export function changedOptions(options: Options, key: string, value: string): Options {
  const dropped = new Set(dependents[key]);
  const kept = Object.entries(options).filter(([other]) => !dropped.has(other));
  return { ...Object.fromEntries(kept), [key]: value };
}

/** What a column of a table may be taken for; nothing where all but the names are counts. */
export function rolesFor(found: Inspection, table: 'counts' | 'positions'): ColumnRole[] {
  if (table === 'positions') return ['id', 'x', 'y', 'z', 'annotation', 'left-out'];
  const hasAll = found.positionsTable === null && chosen(found, {}, 'orientation') === 'cells-in-rows';
  return hasAll ? ['id', 'x', 'y', 'z', 'annotation', 'value'] : [];
}

/** The options after a column was taken for something else. */
export function optionsForRole(
  found: Inspection,
  options: Options,
  table: 'counts' | 'positions',
  column: string,
  role: ColumnRole,
): Options {
  const idKey = table === 'positions' ? 'positions-id' : 'id';
  const next = { ...options };
  for (const key of [idKey, 'x', 'y', 'z']) if (chosen(found, options, key) === column) next[key] = 'none';
  const annotations = chosen(found, options, 'annotations')
    .split(',')
    .filter((name) => name !== '' && name !== column);
  if (role === 'annotation') annotations.push(column);
  if (found.choices.some(({ key }) => key === 'annotations')) next['annotations'] = annotations.join(',');
  if (role === 'id') next[idKey] = column;
  if (role === 'x' || role === 'y' || role === 'z') next[role] = column;
  return next;
}

function chosen(found: Inspection, options: Options, key: string): string {
  return options[key] ?? found.choices.find((choice) => choice.key === key)?.default ?? '';
}
