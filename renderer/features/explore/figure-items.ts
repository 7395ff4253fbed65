import type { ScaleBar } from '../../../main/contract/words/scale-bar.ts';
import type { PointShape } from '../../points/points-scene.ts';

/** A picture of points as it is saved, on white: sizes in CSS pixels. */
export interface SavedPicture {
  title: string;
  width: number;
  height: number;
  /** The points, or what lies beneath them, as a PNG or JPEG data URL, as large as `width` × `height`. */
  points: string;
  /** Points as shapes of their own, on top of the picture; left out: they are in it. */
  shapes?: readonly PointShape[];
  /** Names of the horizontal and the vertical axis; null where the picture has none. */
  axes: readonly [string, string] | null;
  bar: ScaleBar | null;
  legend: GroupLegend | NumberLegend | null;
}

interface GroupLegend {
  kind: 'groups';
  heading: string;
  rows: readonly { text: string; colour: string }[];
}

interface NumberLegend {
  kind: 'numbers';
  heading: string;
  unit: string;
  /** Colours from the highest to the lowest. */
  stops: readonly string[];
  least: string;
  most: string;
}

/** What a figure consists of, from the back to the front; CSS pixels from the upper left corner. */
export type FigureItem =
  | { kind: 'image'; width: number; height: number; href: string }
  | ({ kind: 'point' } & PointShape)
  | { kind: 'line'; points: readonly (readonly [number, number])[] }
  | { kind: 'dot'; x: number; y: number; r: number; fill: string }
  | { kind: 'text'; words: string; x: number; y: number; bold: boolean; middle: boolean }
  | { kind: 'ramp'; x: number; y: number; width: number; height: number; stops: readonly string[] };

/** A figure that is ready to be written, in whatever format. */
export interface Figure {
  title: string;
  width: number;
  height: number;
  items: readonly FigureItem[];
}

const GAP = 16;
const ROW = 19;
/** Of a column of the legend for numbers; and the most of one for groups. */
const COLUMN = 190;
const LETTERS = 26;
/** Width of a letter of 13 pixels, on average and a little more. */
const LETTER = 7.2;
const DOT = 17;
const BAR_HEIGHT = 140;

/** Size of the words, CSS pixels. */
export const FONT_SIZE = 13;

/**
 * Lays a figure out: the points, with axes, scale bar and legend as lines and words of their own. The legend stands in as
 * many columns as the height of the picture asks for.
 */
export function layFigure(picture: SavedPicture): Figure {
  const { legend, axes, bar } = picture;
  const perColumn = Math.max(1, Math.floor((picture.height - 2 * GAP - ROW) / ROW));
  const columns = legend?.kind === 'groups' ? Math.max(1, Math.ceil(legend.rows.length / perColumn)) : 1;
  const columnWidth = legend?.kind === 'groups' ? widthOf(legend, columns) : COLUMN;
  const legendWidth = legend === null ? 0 : GAP + columns * columnWidth;
  const items: FigureItem[] = [
    { kind: 'image', width: picture.width, height: picture.height, href: picture.points },
    ...(picture.shapes ?? []).map((shape) => ({ kind: 'point' as const, ...shape })),
  ];
  if (axes !== null) items.push(...drawAxes(axes, picture.height));
  if (bar !== null) items.push(...drawBar(bar, picture.width, picture.height));
  if (legend?.kind === 'groups') items.push(...drawGroups(legend, picture.width + GAP, perColumn, columnWidth));
  if (legend?.kind === 'numbers') items.push(...drawNumbers(legend, picture.width + GAP));
  return {
    title: picture.title,
    width: Math.round(picture.width + legendWidth),
    height: Math.round(Math.max(picture.height, legend?.kind === 'numbers' ? BAR_HEIGHT + 90 : 0)),
    items,
  };
}

function drawAxes([across, up]: readonly [string, string], height: number): FigureItem[] {
  const [x, y] = [14, height - 14];
  return [
    line([x, y - 34], [x, y], [x + 34, y]),
    line([x - 3, y - 29], [x, y - 34], [x + 3, y - 29]),
    line([x + 29, y - 3], [x + 34, y], [x + 29, y + 3]),
    text(across, x + 40, y + 4),
    text(up, x, y - 40),
  ];
}

function drawBar({ pixels, text: length }: ScaleBar, width: number, height: number): FigureItem[] {
  const [x, y] = [width - pixels - 14, height - 14];
  return [
    line([x, y - 4], [x, y], [x + pixels, y], [x + pixels, y - 4]),
    { ...text(length, x + pixels / 2, y - 7), middle: true },
  ];
}

function drawGroups(
  { heading, rows }: GroupLegend,
  left: number,
  perColumn: number,
  columnWidth: number,
): FigureItem[] {
  return [
    text(shortened(heading), left, GAP + 8, true),
    ...rows.flatMap((row, i): FigureItem[] => {
      const x = left + Math.floor(i / perColumn) * columnWidth;
      const y = GAP + 8 + ((i % perColumn) + 1) * ROW;
      return [{ kind: 'dot', x: x + 5, y: y - 4.5, r: 5, fill: row.colour }, text(shortened(row.text), x + DOT, y)];
    }),
  ];
}

/** Width of a column: what its longest text needs. */
function widthOf({ heading, rows }: GroupLegend, columns: number): number {
  const texts = rows.map(({ text: words }) => shortened(words).length * LETTER + DOT);
  const head = (shortened(heading).length * LETTER) / columns;
  return Math.min(COLUMN + DOT, Math.max(head, 70, ...texts) + 8);
}

function drawNumbers({ heading, unit, stops, least, most }: NumberLegend, left: number): FigureItem[] {
  const top = GAP + (unit === '' ? 22 : 40);
  return [
    text(shortened(heading), left, GAP + 8, true),
    ...(unit === '' ? [] : [text(unit, left, GAP + 26)]),
    { kind: 'ramp', x: left, y: top, width: 14, height: BAR_HEIGHT, stops },
    text(most, left + 20, top + 9),
    text(least, left + 20, top + BAR_HEIGHT),
  ];
}

function line(...points: [number, number][]): FigureItem {
  return { kind: 'line', points };
}

function text(words: string, x: number, y: number, bold = false): FigureItem & { kind: 'text' } {
  return { kind: 'text', words, x, y, bold, middle: false };
}

function shortened(words: string): string {
  return words.length <= LETTERS ? words : `${words.slice(0, LETTERS - 1)}…`;
}
