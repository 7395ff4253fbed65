import { FONT } from './figure-style.ts';
import { figureText } from './figure-text.ts';
import { fitText, textWidth } from './text-width.ts';

export interface LegendEntry {
  label: string;
  colour: string;
}

/** Pixels: a line, the dot with its blank, the blank between columns. */
const ROW = 12.5;
const DOT = 11;
const GAP = 10;
const HEADING = 15;

export interface LegendLayout {
  columns: number;
  rows: number;
  /** Width of the dots and labels of one column. */
  columnWidth: number;
  width: number;
  height: number;
}

/** A legend in columns of equal width, at most `maxWidth` wide and `maxHeight` high (Infinity: as high as needed). */
export function layoutLegend(
  heading: string,
  entries: readonly LegendEntry[],
  maxWidth: number,
  maxHeight: number,
): LegendLayout {
  const widest = Math.max(...entries.map((entry) => textWidth(entry.label, FONT.text)), 0);
  const columnWidth = Math.min(DOT + widest, maxWidth);
  const fitting = Math.max(1, Math.floor((maxWidth + GAP) / (columnWidth + GAP)));
  const rowsThatFit = Math.max(1, Math.floor((maxHeight - HEADING) / ROW));
  // As few columns as the height allows; with all the height there is, as many as the width allows.
  const columns = Math.min(
    entries.length,
    Number.isFinite(maxHeight) ? Math.max(1, Math.ceil(entries.length / rowsThatFit)) : fitting,
  );
  const rows = Math.ceil(entries.length / Math.max(1, columns));
  const width = Math.max(columns * (columnWidth + GAP) - GAP, Math.min(maxWidth, textWidth(heading, FONT.text)));
  return { columns, rows, columnWidth, width, height: HEADING + rows * ROW };
}

/** The drawing of a legend with its upper left corner at (left, top): dots and text, column by column. */
export function drawLegend(
  heading: string,
  entries: readonly LegendEntry[],
  layout: LegendLayout,
  left: number,
  top: number,
): object[] {
  const elements: object[] = [
    figureText(fitText(heading, FONT.text, layout.width), left, top + 2, { bold: true, baseline: 'top' }),
  ];
  entries.forEach((entry, i) => {
    const x = left + Math.floor(i / layout.rows) * (layout.columnWidth + GAP);
    const y = top + HEADING + (i % layout.rows) * ROW + ROW / 2;
    elements.push(
      legendDot(x + 4, y, entry.colour),
      figureText(fitText(entry.label, FONT.text, layout.columnWidth - DOT + 0.5), x + DOT, y),
    );
  });
  return elements;
}

/** The dot of a legend entry around (x, y). */
export function legendDot(x: number, y: number, colour: string): object {
  return { type: 'circle', silent: true, shape: { cx: x, cy: y, r: 3.2 }, style: { fill: colour } };
}
