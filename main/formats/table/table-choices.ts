import type { ImportChoice } from '../format-reader.ts';
import type { ColumnRole } from './column-names.ts';
import type { Orientation } from './orientation.ts';
import { positionUnits } from './position-unit.ts';
import type { PositionUnit } from './position-unit.ts';
import type { TableFile } from './table-files.ts';

/** Columns that a list of columns offers at most: a table with genes in rows has one for every cell. */
const mostColumns = 60;

const delimiters = [
  { value: 'comma', label: 'Comma', text: ',' },
  { value: 'tab', label: 'Tab', text: '\t' },
  { value: 'semicolon', label: 'Semicolon', text: ';' },
  { value: 'bar', label: 'Vertical bar', text: '|' },
  { value: 'space', label: 'Blanks', text: ' ' },
];

export function delimiterOf(value: string): string {
  return delimiters.find((delimiter) => delimiter.value === value)?.text ?? ',';
}

export function matrixChoice(files: readonly TableFile[], chosen: TableFile): ImportChoice {
  return {
    key: 'matrix',
    label: 'Table of counts',
    help: 'One row per cell and one column per gene, or the other way round.',
    kind: 'one-of',
    options: files.map(({ value }) => ({ value, label: value })),
    default: chosen.value,
  };
}

export function positionsChoice(
  files: readonly TableFile[],
  counts: TableFile,
  chosen: TableFile | null,
): ImportChoice {
  return {
    key: 'positions',
    label: 'Table of positions or annotations',
    help: 'One row per cell, with its name, where it lies, and what else is known of it.',
    kind: 'one-of',
    options: [
      ...files.filter(({ value }) => value !== counts.value).map(({ value }) => ({ value, label: value })),
      { value: 'none', label: 'None' },
    ],
    default: chosen?.value ?? 'none',
  };
}

export function delimiterChoice(key: 'delimiter' | 'positions-delimiter', { sketch }: TableFile): ImportChoice {
  return {
    key,
    label: key === 'delimiter' ? 'Columns of the counts are split by' : 'Columns of the positions are split by',
    help: 'Told from the first lines.',
    kind: 'one-of',
    options: delimiters.map(({ value, label }) => ({ value, label })),
    default: delimiters.find(({ text }) => text === sketch.head.delimiter)?.value ?? 'comma',
  };
}

export function headerChoice(key: 'header' | 'positions-header', { sketch }: TableFile): ImportChoice {
  return {
    key,
    label: key === 'header' ? 'The first line of the counts' : 'The first line of the positions',
    help: 'Names of columns, or already the first row of the table.',
    kind: 'one-of',
    options: [
      { value: 'yes', label: 'Names the columns' },
      { value: 'no', label: 'Is the first row' },
    ],
    default: sketch.head.hasHeader ? 'yes' : 'no',
  };
}

export function orientationChoice(guess: Orientation): ImportChoice {
  return {
    key: 'orientation',
    label: 'Rows of the counts',
    help: 'Told by the names that both tables have, by headings, and by names that look like barcodes.',
    kind: 'one-of',
    options: [
      { value: 'cells-in-rows', label: 'Are cells; genes are columns' },
      { value: 'genes-in-rows', label: 'Are genes; cells are columns' },
    ],
    default: guess,
  };
}

export function idChoice(
  key: 'id' | 'positions-id',
  { sketch }: TableFile,
  labels: readonly string[],
  rowsAreCells: boolean,
  said: string | undefined,
): ImportChoice {
  return {
    key,
    label:
      key === 'positions-id' ? 'Names of cells, in the positions' : rowsAreCells ? 'Names of cells' : 'Names of genes',
    help: 'The column that names the rows; without one they are numbered.',
    kind: 'one-of',
    options: [...columnOptions(labels, said), { value: 'none', label: 'None: number the rows' }],
    default: sketch.id < 0 ? 'none' : labels[sketch.id],
  };
}

const axisLabels = { x: 'Position across (x)', y: 'Position down (y)', z: 'Depth or section (z)' };

export function axisChoice(
  axis: 'x' | 'y' | 'z',
  { sketch }: TableFile,
  labels: readonly string[],
  id: number,
  said: string | undefined,
  isPlaces: boolean,
): ImportChoice {
  const order = { x: 0, y: 1, z: 2 }[axis];
  // A table without headings holds name, x, y.
  const guess = isPlaces && !sketch.head.hasHeader ? (sketch.values[order] ?? -1) : sketch[axis];
  // A depth that never changes is no third dimension.
  const isFlat = axis === 'z' && guess >= 0 && new Set(sketch.head.rows.map((row) => row[guess])).size < 2;
  return {
    key: axis,
    label: axisLabels[axis],
    help: axis === 'z' ? 'For cells from several depths; most tables have none.' : 'A column of numbers.',
    kind: 'one-of',
    options: [
      ...columnOptions(labels, said, guess).filter(({ value }) => value !== labels[id]),
      { value: 'none', label: 'None' },
    ],
    default: guess < 0 || guess === id || isFlat ? 'none' : labels[guess],
  };
}

/** @param roles of a table that holds counts too: only what is not a gene may be an annotation unless it is said */
export function annotationsChoice(
  { sketch }: TableFile,
  labels: readonly string[],
  taken: readonly number[],
  roles: readonly ColumnRole[] | null,
): ImportChoice {
  const free = labels.map((_, c) => c).filter((c) => !taken.includes(c));
  const isEmpty = (c: number) => sketch.head.rows.every((row) => (row[c] ?? '') === '');
  const offered = roles === null ? free : [...free.filter((c) => roles[c] === 'annotation'), ...free.filter((c) => roles[c] === 'value').slice(0, mostColumns)]; // prettier-ignore
  const initial = offered.filter(
    (c) => (roles === null || roles[c] === 'annotation') && !(sketch.head.columns[c] === '' && isEmpty(c)),
  );
  return {
    key: 'annotations',
    label: 'Annotations to keep',
    help: 'Cell types, clusters, sections, areas: columns that say something of each cell.',
    kind: 'many-of',
    options: offered.sort((a, b) => a - b).map((c) => ({ value: labels[c], label: labels[c] })),
    default: initial
      .sort((a, b) => a - b)
      .map((c) => labels[c])
      .join(','),
  };
}

export function unitChoice(guess: PositionUnit['value']): ImportChoice {
  return {
    key: 'unit',
    label: 'Unit of the positions',
    help: 'Needed for the scale bar and for distances in µm.',
    kind: 'one-of',
    options: positionUnits.map(({ value, label }) => ({ value, label })),
    default: guess,
  };
}

export function spotChoice(diameter: number | null): ImportChoice {
  return {
    key: 'spot',
    label: 'Diameter of a cell, bead or spot',
    help: 'For drawing it at its true size: in µm where the unit is known, else in units of the positions.',
    kind: 'one-of-or-number',
    options: [
      { value: 'unknown', label: 'Unknown' },
      { value: '10', label: '10: Slide-seq bead, typical cell' },
      { value: '55', label: '55: Visium spot' },
      { value: '100', label: '100: Spatial Transcriptomics spot' },
    ],
    default: diameter === null ? 'unknown' : String(diameter),
  };
}

export const unplacedChoice: ImportChoice = {
  key: 'unplaced',
  label: 'Cells without a position',
  help: 'Maps and spatial methods need a position for each cell.',
  kind: 'one-of',
  options: [
    { value: 'leave-out', label: 'Leave out' },
    { value: 'keep', label: 'Keep, without a position' },
  ],
  default: 'leave-out',
};

export const missingChoice: ImportChoice = {
  key: 'missing',
  label: 'Empty fields and NA among the counts',
  help: 'Some programs leave zeros away; else a gap in the counts is an error.',
  kind: 'one-of',
  options: [
    { value: 'refuse', label: 'Are an error' },
    { value: 'zero', label: 'Are zeros' },
  ],
  default: 'refuse',
};

/** The first columns, those that were said or guessed among them. */
function columnOptions(
  labels: readonly string[],
  said: string | undefined,
  guess = -1,
): { value: string; label: string }[] {
  const names = labels.slice(0, mostColumns);
  for (const more of [labels[guess], said]) {
    if (more !== undefined && labels.includes(more) && !names.includes(more)) names.push(more);
  }
  return names.map((value) => ({ value, label: value }));
}
