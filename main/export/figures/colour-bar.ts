import { paletteStops, type ContinuousPalette } from '../../contract/palettes/continuous.ts';
import { legendDot } from './category-legend.ts';
import { FONT, INK } from './figure-style.ts';
import { figureText } from './figure-text.ts';
import { niceTicks } from './nice-ticks.ts';
import { numberLabel } from './number-label.ts';
import { textWidth, wrapText } from './text-width.ts';

const BAR_WIDTH = 8;
const LINE = 12;
const DOT = 11;
/** A longer heading is broken into lines. */
const MAX_HEADING = 84;

export interface ColourBar {
  palette: ContinuousPalette;
  low: number;
  high: number;
  label: string;
  /** Unit of the values; empty for none. */
  unit: string;
  /** Values outside [low, high] were drawn in the end colours; the ticks there say so. */
  clippedLow: boolean;
  clippedHigh: boolean;
  /** Shown below the bar when some values are missing. */
  missing: { colour: string; label: string } | null;
}

/** Width that a bar with its ticks and heading takes. */
export function colourBarWidth(bar: ColourBar): number {
  const ticks = tickLabels(bar).map(({ text }) => BAR_WIDTH + 7 + textWidth(text, FONT.small));
  const missing = bar.missing ? DOT + textWidth(bar.missing.label, FONT.text) : 0;
  const heading = Math.max(...[bar.label, bar.unit].map((text) => textWidth(text, FONT.text)));
  return Math.max(...ticks, missing, Math.min(heading, MAX_HEADING));
}

/** The drawing: heading, unit, bar, ticks, in the rectangle given. */
export function drawColourBar(bar: ColourBar, left: number, top: number, width: number, height: number): object[] {
  const label = wrapText(bar.label, FONT.text, width, 3);
  const unit = bar.unit === '' ? [] : wrapText(bar.unit, FONT.text, width, 3);
  const nLines = label.length + unit.length;
  const barTop = top + nLines * LINE + 5;
  const barHeight = Math.max(30, Math.min(160, height - nLines * LINE - 5 - (bar.missing ? 18 : 6)));
  const stops = paletteStops(bar.palette);
  const colorStops = stops.map((color, i) => ({ offset: 1 - i / (stops.length - 1), color })).reverse();
  const elements: object[] = [
    ...label.map((text, i) => figureText(text, left, top + i * LINE, { bold: true, baseline: 'top' })),
    ...unit.map((text, i) =>
      figureText(text, left, top + (label.length + i) * LINE, { baseline: 'top', colour: INK.quiet }),
    ),
    {
      type: 'rect',
      silent: true,
      shape: { x: left, y: barTop, width: BAR_WIDTH, height: barHeight },
      style: { fill: { type: 'linear', x: 0, y: 0, x2: 0, y2: 1, colorStops }, stroke: INK.line, lineWidth: 0.5 },
    },
  ];
  for (const { value, text } of tickLabels(bar)) {
    const y = barTop + barHeight * (1 - (value - bar.low) / (bar.high - bar.low));
    const shape = { x1: left + BAR_WIDTH, y1: y, x2: left + BAR_WIDTH + 3, y2: y };
    elements.push(
      { type: 'line', silent: true, shape, style: { stroke: INK.line, lineWidth: 0.5 } },
      figureText(text, left + BAR_WIDTH + 5, y, { size: FONT.small }),
    );
  }
  if (bar.missing) {
    const y = barTop + barHeight + 12;
    elements.push(legendDot(left + 4, y, bar.missing.colour), figureText(bar.missing.label, left + DOT, y));
  }
  return elements;
}

function tickLabels(bar: ColourBar): { value: number; text: string }[] {
  const ticks = niceTicks(bar.low, bar.high, 4);
  const labels = ticks.map((value) => ({ value, text: numberLabel(value) }));
  // A clipped end is marked at the end itself, in the place of a tick too close to it.
  const span = bar.high - bar.low;
  const mark = (value: number, sign: string): void => {
    const clear = labels.filter((label) => Math.abs(label.value - value) > span * 0.08);
    labels.splice(0, labels.length, ...clear, { value, text: `${sign} ${numberLabel(value)}` });
  };
  if (bar.clippedLow) mark(bar.low, '≤');
  if (bar.clippedHigh) mark(bar.high, '≥');
  return labels;
}
