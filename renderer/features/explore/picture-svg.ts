import type { ScaleBar } from '../../../main/contract/words/scale-bar.ts';

/** A picture of points as it is saved, on white: sizes in CSS pixels. */
export interface SavedPicture {
  title: string;
  width: number;
  height: number;
  /** The points as a PNG data URL, as large as `width` × `height`. */
  points: string;
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

const INK = '#1f2328';
const FONT = 'Inter, Helvetica, Arial, sans-serif';
const GAP = 16;
const ROW = 19;
/** Of a column of the legend for numbers; and the most of one for groups. */
const COLUMN = 190;
const LETTERS = 26;
/** Width of a letter of 13 pixels, on average and a little more. */
const LETTER = 7.2;
const DOT = 17;
const BAR_HEIGHT = 140;

/**
 * The picture as SVG: the points as one image, and axes, scale bar and legend as lines and text that a drawing program
 * can change. The legend stands in as many columns as the height of the picture asks for.
 */
export function pictureSvg(picture: SavedPicture): string {
  const { legend, axes, bar } = picture;
  const perColumn = Math.max(1, Math.floor((picture.height - 2 * GAP - ROW) / ROW));
  const columns = legend?.kind === 'groups' ? Math.max(1, Math.ceil(legend.rows.length / perColumn)) : 1;
  const columnWidth = legend?.kind === 'groups' ? widthOf(legend, columns) : COLUMN;
  const legendWidth = legend === null ? 0 : GAP + columns * columnWidth;
  const width = Math.round(picture.width + legendWidth);
  const height = Math.round(Math.max(picture.height, legend?.kind === 'numbers' ? BAR_HEIGHT + 90 : 0));
  const parts = [
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<image x="0" y="0" width="${short(picture.width)}" height="${short(picture.height)}" href="${picture.points}"/>`,
  ];
  if (axes !== null) parts.push(drawAxes(axes, picture.height));
  if (bar !== null) parts.push(drawBar(bar, picture.width, picture.height));
  if (legend?.kind === 'groups') parts.push(drawGroups(legend, picture.width + GAP, perColumn, columnWidth));
  if (legend?.kind === 'numbers') parts.push(drawNumbers(legend, picture.width + GAP));
  const mm = (pixels: number): string => `${short((pixels * 25.4) / 96)}mm`;
  return [
    `<svg width="${mm(width)}" height="${mm(height)}" viewBox="0 0 ${width} ${height}" xmlns="http://www.w3.org/2000/svg" version="1.1" role="img" font-family="${FONT}" fill="${INK}">`,
    `<title>${escaped(picture.title)}</title>`,
    ...parts,
    '</svg>',
    '',
  ].join('\n');
}

function drawAxes([across, up]: readonly [string, string], height: number): string {
  const [x, y] = [14, height - 14];
  return [
    line(`M${x} ${short(y - 34)}V${short(y)}H${x + 34}`),
    line(`M${x - 3} ${short(y - 29)}L${x} ${short(y - 34)}L${x + 3} ${short(y - 29)}`),
    line(`M${x + 29} ${short(y - 3)}L${x + 34} ${short(y)}L${x + 29} ${short(y + 3)}`),
    text(across, x + 40, y + 4),
    text(up, x, y - 40),
  ].join('\n');
}

function drawBar({ pixels, text: length }: ScaleBar, width: number, height: number): string {
  const [x, y] = [width - pixels - 14, height - 14];
  return [
    line(`M${short(x)} ${short(y - 4)}V${short(y)}H${short(x + pixels)}V${short(y - 4)}`),
    text(length, x + pixels / 2, y - 7, 'text-anchor="middle"'),
  ].join('\n');
}

function drawGroups({ heading, rows }: GroupLegend, left: number, perColumn: number, columnWidth: number): string {
  const parts = [text(shortened(heading), left, GAP + 8, 'font-weight="600"')];
  rows.forEach((row, i) => {
    const x = left + Math.floor(i / perColumn) * columnWidth;
    const y = GAP + 8 + ((i % perColumn) + 1) * ROW;
    parts.push(`<circle cx="${short(x + 5)}" cy="${short(y - 4.5)}" r="5" fill="${row.colour}"/>`);
    parts.push(text(shortened(row.text), x + DOT, y));
  });
  return parts.join('\n');
}

/** Width of a column: what its longest text needs. */
function widthOf({ heading, rows }: GroupLegend, columns: number): number {
  const texts = rows.map(({ text: words }) => shortened(words).length * LETTER + DOT);
  const head = (shortened(heading).length * LETTER) / columns;
  return Math.min(COLUMN + DOT, Math.max(head, 70, ...texts) + 8);
}

function drawNumbers({ heading, unit, stops, least, most }: NumberLegend, left: number): string {
  const top = GAP + (unit === '' ? 22 : 40);
  const colours = stops.map((colour, i) => {
    const offset = short((100 * i) / Math.max(1, stops.length - 1));
    return `<stop offset="${offset}%" stop-color="${colour}"/>`;
  });
  return [
    `<defs><linearGradient id="scale" x1="0" y1="0" x2="0" y2="1">${colours.join('')}</linearGradient></defs>`,
    text(shortened(heading), left, GAP + 8, 'font-weight="600"'),
    ...(unit === '' ? [] : [text(unit, left, GAP + 26)]),
    `<rect x="${short(left)}" y="${top}" width="14" height="${BAR_HEIGHT}" fill="url(#scale)"/>`,
    text(most, left + 20, top + 9),
    text(least, left + 20, top + BAR_HEIGHT),
  ].join('\n');
}

function line(path: string): string {
  return `<path d="${path}" fill="none" stroke="${INK}" stroke-width="1.5"/>`;
}

function text(words: string, x: number, y: number, more = ''): string {
  return `<text x="${short(x)}" y="${short(y)}" font-size="13"${more === '' ? '' : ` ${more}`}>${escaped(words)}</text>`;
}

function shortened(words: string): string {
  return words.length <= LETTERS ? words : `${words.slice(0, LETTERS - 1)}…`;
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function short(number: number): string {
  return String(Math.round(number * 100) / 100);
}
