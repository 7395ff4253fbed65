import { ACCENT_COLOUR } from '../../contract/palettes/continuous.ts';
import { PX_PER_MM } from './figure-size.ts';
import { FONT, FONT_FAMILY, INK, MARGIN } from './figure-style.ts';
import { niceTicks } from './nice-ticks.ts';
import { numberLabel } from './number-label.ts';

/** A measure of quality over all observations or variables. */
export interface SpreadFigure {
  title: string;
  unit: string;
  /** [bars + 1], ascending */
  edges: readonly number[];
  counts: readonly number[];
  /** Totals spread over orders of magnitude. */
  log: boolean;
  /** Limits of the filter; null for none. */
  min: number | null;
  max: number | null;
  /** 'cells', 'genes' */
  noun: string;
  widthMm?: number;
}

const LINE = 14;

/** A histogram as SVG with the limits of the filter as lines; bars of what is left out are grey. */
export function spreadFigure(figure: SpreadFigure): string {
  const width = (figure.widthMm ?? 56) * PX_PER_MM;
  const height = width * 0.66;
  const [left, right, top, bottom] = [MARGIN + 2, width - MARGIN - 2, MARGIN + LINE + 6, height - MARGIN - 2 * LINE];
  const edges = figure.log && figure.edges[0] <= 0 ? [figure.edges[1] / 2, ...figure.edges.slice(1)] : figure.edges;
  const scale = figure.log ? Math.log : (value: number): number => value;
  const [low, high] = [scale(edges[0]), scale(edges[edges.length - 1])];
  const place = (value: number): number =>
    left + ((Math.min(high, Math.max(low, scale(value))) - low) / (high - low || 1)) * (right - left);
  const most = Math.max(...figure.counts, 1);
  const bars = figure.counts.map((count, i) => {
    const tall = (count / most) * (bottom - top);
    const middle = (edges[i] + edges[i + 1]) / 2;
    const isOut = (figure.min !== null && middle < figure.min) || (figure.max !== null && middle > figure.max);
    const [x, next] = [place(edges[i]), place(edges[i + 1])];
    return `<rect x="${short(x)}" y="${short(bottom - tall)}" width="${short(Math.max(0.5, next - x - 0.4))}" height="${short(tall)}" fill="${isOut ? '#b3bac2' : ACCENT_COLOUR}"/>`;
  });
  const limits = [figure.min, figure.max].flatMap((limit) =>
    limit === null
      ? []
      : [
          `<line x1="${short(place(limit))}" x2="${short(place(limit))}" y1="${top - 3}" y2="${short(bottom)}" stroke="${INK.text}" stroke-dasharray="3 2"/>`,
        ],
  );
  const ticks = (figure.log ? decades(edges[0], edges[edges.length - 1]) : niceTicks(low, high, 3)).map(
    (tick) =>
      `<text x="${short(place(tick))}" y="${short(bottom + 11)}" ${style(FONT.small, INK.quiet, anchorAt(place(tick), left, right))}>${numberLabel(tick)}</text>`,
  );
  const words = [
    figure.min === null ? '' : `at least ${numberLabel(figure.min)}`,
    figure.max === null ? '' : `at most ${numberLabel(figure.max)}`,
  ]
    .filter((part) => part !== '')
    .join(', ');
  const total = figure.counts.reduce((sum, count) => sum + count, 0);
  const description = `Histogram of ${total.toLocaleString('en-US')} ${figure.noun} from ${numberLabel(figure.edges[0])} to ${numberLabel(figure.edges[figure.edges.length - 1])} ${figure.unit}${words === '' ? ', no limit set' : `; kept: ${words}`}.`;
  const mm = (px: number): string => `${short(px / PX_PER_MM)}mm`;
  return [
    `<svg width="${mm(width)}" height="${mm(height)}" viewBox="0 0 ${short(width)} ${short(height)}" xmlns="http://www.w3.org/2000/svg" role="img">`,
    `<title>${escape(figure.title)}</title>`,
    `<desc>${escape(description)}</desc>`,
    `<rect width="${short(width)}" height="${short(height)}" fill="${INK.background}"/>`,
    `<text x="${left}" y="${MARGIN + 9}" ${style(FONT.text, INK.text, 'start', 600)}>${escape(figure.title)}</text>`,
    ...bars,
    `<line x1="${left}" x2="${short(right)}" y1="${short(bottom)}" y2="${short(bottom)}" stroke="${INK.line}"/>`,
    ...limits,
    ...ticks,
    `<text x="${short((left + right) / 2)}" y="${short(bottom + 11 + LINE)}" ${style(FONT.small, INK.text, 'middle')}>${escape(`${figure.unit}${words === '' ? '' : ` (${words})`}`)}</text>`,
    '</svg>',
  ].join('\n');
}

function style(size: number, fill: string, anchor: string, weight = 400): string {
  return `font-family="${FONT_FAMILY}" font-size="${short(size)}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}"`;
}

/** Numbers at the ends stay on the page. */
function anchorAt(x: number, left: number, right: number): string {
  return x < left + 14 ? 'start' : x > right - 14 ? 'end' : 'middle';
}

/** Powers of ten within the range; every second where there are many. */
function decades(low: number, high: number): number[] {
  const [from, to] = [Math.ceil(Math.log10(low) - 1e-9), Math.floor(Math.log10(high) + 1e-9)];
  const step = to - from > 5 ? 2 : 1;
  const ticks = [];
  for (let power = from; power <= to; power += step) ticks.push(10 ** power);
  return ticks.length > 1 ? ticks : [low, high].map((value) => Number(value.toPrecision(2)));
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function short(number: number): string {
  return String(Math.round(number * 100) / 100);
}
