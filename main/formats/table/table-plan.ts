import { basename, dirname } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ImportChoice, ImportOptions } from '../format-reader.ts';
import { chosen, resolveOptions } from '../import-options.ts';
import { uniqueNames } from '../cleaning/unique-names.ts';
import type { ColumnRole } from './column-names.ts';
import { withinColumn } from './describe-table.ts';
import { guessOrientation } from './orientation.ts';
import type { Orientation } from './orientation.ts';
import { pairTables, placesFor } from './pair-tables.ts';
import { guessUnit, knownLayout, unitOf } from './position-unit.ts';
import type { KnownLayout, PositionUnit } from './position-unit.ts';
import * as choices from './table-choices.ts';
import { findTables, splitAs, tableByValue } from './table-files.ts';
import type { TableFile } from './table-files.ts';

/** How tables are read: everything that was guessed or chosen. */
export interface TablePlan {
  counts: PlannedTable;
  /** Positions and annotations of the cells from another table; `null` where there is none. */
  places: PlannedTable | null;
  orientation: Orientation;
  layout: KnownLayout | null;
  unit: PositionUnit;
  /** In µm where the unit is known, else in units of the positions; `null` when not known. */
  spot: number | null;
  leaveOutUnplaced: boolean;
  missing: 'zero' | 'refuse';
  /** True when the person chose the table of positions herself. */
  placesChosen: boolean;
  choices: ImportChoice[];
}

/** A table and what each of its columns is. */
export interface PlannedTable extends TableFile {
  roles: ColumnRole[];
  /** Names of the columns as a person chooses them: unique, 'column 3' where there is none. */
  labels: string[];
  /** Column within whose values the names are unique; -1 where they are so by themselves. */
  within: number;
}

/**
 * Finds the tables at a path and what their columns are, as far as `options` do not say it.
 * @throws LacunaError `bad-file` when no table of counts is there, `bad-option`
 */
export async function planTables(path: string, options: ImportOptions, isFolder: boolean): Promise<TablePlan> {
  const found = await findTables(path);
  const base = isFolder ? path : dirname(path);
  const list: ImportChoice[] = [];
  const say = (choice: ImportChoice): string => {
    list.push(choice);
    return resolveOptions(path, [choice], choice.key in options ? { [choice.key]: options[choice.key] } : {})[
      choice.key
    ];
  };

  // Which tables.
  const matrixSaid = options['matrix'] === undefined ? null : await tableByValue(found, options['matrix'], base);
  const guessed = pairTables(found, isFolder ? null : path);
  let counts = matrixSaid ?? guessed?.counts;
  if (counts === undefined) throw noCounts(path, found, isFolder);
  if (found.length > 1 || matrixSaid) say(choices.matrixChoice(withOne(found, matrixSaid), counts));
  counts = await splitAs(counts, {
    delimiter: choices.delimiterOf(say(choices.delimiterChoice('delimiter', counts))),
    hasHeader: 'header' in options ? options['header'] === 'yes' : undefined,
  });
  say(choices.headerChoice('header', counts));
  const placesSaid = options['positions'];
  const fitting = matrixSaid ? placesFor(counts, found) : (guessed?.places ?? null);
  let places =
    placesSaid === undefined ? fitting : placesSaid === 'none' ? null : await tableByValue(found, placesSaid, base);
  if (found.length > 1 || places !== null) say(choices.positionsChoice(withOne(found, places), counts, places));
  if (places !== null) {
    places = await splitAs(places, {
      delimiter: choices.delimiterOf(say(choices.delimiterChoice('positions-delimiter', places))),
      hasHeader: 'positions-header' in options ? options['positions-header'] === 'yes' : undefined,
    });
    say(choices.headerChoice('positions-header', places));
  }

  // What is in them.
  const cells = places === null ? null : new Set(places.sketch.head.rows.flat());
  const orientation = say(choices.orientationChoice(guessOrientation(counts.sketch, cells))) as Orientation;
  const rowsAreCells = orientation === 'cells-in-rows';
  const countLabels = columnLabels(counts);
  const id = column(countLabels, say(choices.idChoice('id', counts, countLabels, rowsAreCells, options['id'])));
  const placeLabels = places === null ? [] : columnLabels(places);
  const placesId =
    places === null
      ? -1
      : column(placeLabels, say(choices.idChoice('positions-id', places, placeLabels, true, options['positions-id'])));

  // Positions stand in their own table, else beside the counts of each cell.
  const positioned = places ?? (rowsAreCells ? counts : null);
  const labels = places === null ? countLabels : placeLabels;
  const roles = counts.sketch.head.columns.map((_, c) => roleInCounts(counts, c, id, rowsAreCells));
  const placeRoles = places?.sketch.head.columns.map((): ColumnRole => 'left-out') ?? null;
  const target = placeRoles ?? roles;
  const layout = knownLayout(counts.path, places?.path ?? null);
  let unit = unitOf('unknown');
  let spot: number | null = null;
  if (positioned !== null) {
    const taken = places === null ? id : placesId;
    const axes = (['x', 'y', 'z'] as const).map((axis) =>
      column(labels, say(choices.axisChoice(axis, positioned, labels, taken, options[axis], places !== null))),
    );
    const annotations = chosen(
      { kind: 'many-of' },
      say(choices.annotationsChoice(positioned, labels, [taken, ...axes], places === null ? roles : null)),
    );
    if (places === null) for (const [c, role] of roles.entries()) if (role === 'annotation') roles[c] = 'left-out';
    for (const name of annotations) target[column(labels, name)] = 'annotation';
    const [x, y, z] = axes;
    if (x >= 0) target[x] = 'x';
    if (y >= 0) target[y] = 'y';
    if (z >= 0 && x >= 0 && y >= 0) target[z] = 'z';
    if (placeRoles && placesId >= 0) placeRoles[placesId] = 'id';
    if (x >= 0 && y >= 0) {
      unit = unitOf(say(choices.unitChoice(guessUnit(labels[x], layout))));
      const said = say(choices.spotChoice(layout?.spot ?? null));
      spot = said === 'unknown' ? null : Number(said);
      say(choices.unplacedChoice);
    }
  }
  const fovs = [counts, ...(places ? [places] : [])].map(({ sketch }, i) =>
    withinColumn(sketch.head.columns, [id, placesId][i]),
  );
  const [within, placesWithin] = rowsAreCells && fovs.every((c) => c >= 0) ? fovs : [-1, -1];
  const missing = say(choices.missingChoice) === 'zero' ? 'zero' : 'refuse';
  return {
    counts: { ...counts, roles, labels: countLabels, within },
    places:
      places === null || placeRoles === null
        ? null
        : { ...places, roles: placeRoles, labels: placeLabels, within: placesWithin },
    orientation,
    layout,
    unit,
    spot,
    leaveOutUnplaced: (options['unplaced'] ?? choices.unplacedChoice.default) === 'leave-out',
    missing,
    placesChosen: placesSaid !== undefined,
    choices: list,
  };
}

/** In rows of cells, numbers are genes and all else is said of the cell; in rows of genes, text is said of the gene. */
function roleInCounts({ sketch }: TableFile, c: number, id: number, rowsAreCells: boolean): ColumnRole {
  if (c === id) return 'id';
  const { columns, rows } = sketch.head;
  if (columns[c] === '' && rows.every((row) => (row[c] ?? '') === '')) return 'left-out';
  if (!sketch.numeric[c]) return 'annotation';
  if (!rowsAreCells) return 'value';
  // Also what was taken for the names at first counts a gene where another column names the cells.
  return sketch.values.includes(c) || c === sketch.id ? 'value' : 'annotation';
}

/** Unique names of the columns; a name with a comma cannot be one of several values that commas join. */
function columnLabels({ sketch }: TableFile): string[] {
  const places = sketch.head.columns.map((_, i) => `column ${i + 1}`);
  const names = sketch.head.columns.map((name) => (name.includes(',') || name === 'none' ? '' : name));
  return uniqueNames(names, places, 'column').names;
}

function column(labels: readonly string[], value: string): number {
  return value === 'none' ? -1 : labels.indexOf(value);
}

function withOne(found: readonly TableFile[], more: TableFile | null): TableFile[] {
  return more === null || found.some(({ value }) => value === more.value) ? [...found] : [...found, more];
}

function noCounts(path: string, found: readonly TableFile[], isFolder: boolean): LacunaError {
  const name = basename(path);
  const remedy =
    'A table of counts has one row per cell and one column per gene, or the other way round, with the names in the first column and the first row.';
  if (found.length === 0)
    return new LacunaError(
      'bad-file',
      isFolder
        ? `${name} holds no text table (.csv, .tsv, .txt).`
        : `${name} is no text table that splits into columns.`,
      remedy,
      { file: path },
    );
  const [first] = found;
  const what = isFolder
    ? `None of the tables in ${name} holds counts: ${found.map((file) => file.value).slice(0, 5).join(', ')}.`
    : `${name} holds no counts: its columns are ${first.sketch.head.columns.slice(0, 6).map((column) => `"${column}"`).join(', ')}.`; // prettier-ignore
  const isPlaces = !isFolder && first.sketch.kind !== 'counts';
  return new LacunaError(
    'bad-file',
    what,
    isPlaces
      ? `It looks like positions or annotations of cells: put the table of counts into the same folder, or give both. If it does hold counts, say so with matrix=${name}. ${remedy}`
      : remedy,
    { file: path },
  );
}
