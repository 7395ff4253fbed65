import { paletteColour } from '../../contract/palettes/continuous.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { checkedSize, type FigureSize } from './figure-size.ts';
import { FONT, INK, MARGIN } from './figure-style.ts';
import { figureText } from './figure-text.ts';
import { figureTitle } from './figure-title.ts';
import { renderSvg } from './render-svg.ts';
import { textWidth, wrapText } from './text-width.ts';

export interface ScoreMetric {
  /** 'ARI', 'NMI', 'MSE' … */
  label: string;
  /** ARI: true; MSE: false; null where neither is better: neither coloured nor in bold. */
  higherIsBetter: boolean | null;
}

export interface ScoreFigure {
  title: string;
  /** One label per row: 'β-VAE paper · latent · k-means'. */
  rows: readonly string[];
  metrics: readonly ScoreMetric[];
  /** [rows][metrics]; null where a figure is missing. */
  values: readonly (readonly (number | null)[])[];
  /** Standard deviations over seeds, in the same places; null where there is one seed. */
  sd?: readonly (readonly (number | null)[])[];
  size?: FigureSize;
}

const CELL_HEIGHT = 17;
const HEADING_LINE = 11;
/** Share of the colour scale that is used: dark enough to see, light enough to read the numbers on it. */
const DEEPEST = 0.72;

/**
 * A heat map of runs × metrics with the figures in the cells. Colour runs from the worst to the best of each column,
 * because metrics have different scales; the best of each column is in bold (all of them when several are equal as
 * shown).
 *
 * @throws LacunaError `bad-option` when there is nothing to show, or more columns than the width can hold
 */
export function scoreFigure(figure: ScoreFigure): string {
  const { widthPx } = checkedSize(figure.size ?? {});
  const nRows = figure.rows.length;
  const nMetrics = figure.metrics.length;
  if (nRows === 0 || nMetrics === 0)
    throw new LacunaError('bad-option', 'There are no scores to draw.', 'Score a run first.');
  const title = figureTitle(figure.title, widthPx);
  const numbers = figure.values.map((row, r) => row.map((value, m) => cellText(value, figure.sd?.[r]?.[m] ?? null)));
  const widestNumber = Math.max(...numbers.flat().map((text) => textWidth(text, FONT.small))) * 1.06 + 8;
  const widestLabel = Math.max(...figure.rows.map((label) => textWidth(label, FONT.text)));
  const room = widthPx - 2 * MARGIN;
  // A third of the width belongs to the numbers at least; longer labels are broken into two lines.
  // Whole words in the headings come before whole labels: a label can be broken into two lines, a word cannot.
  const widestWord = Math.max(
    ...figure.metrics.flatMap(({ label }) => label.split(' ').map((word) => textWidth(word, FONT.text) + 3)),
  );
  const besideWords = Math.max(room - nMetrics * widestWord - 6, Math.min(widestLabel, room * 0.3));
  const labelWidth = Math.min(widestLabel, besideWords, room * 0.62, room - nMetrics * widestNumber - 6);
  if (labelWidth < Math.min(widestLabel, 50)) {
    throw new LacunaError(
      'bad-option',
      `${nMetrics} metrics do not fit into this width.`,
      'Make the figure wider (two columns are 174 mm), or choose fewer metrics.',
    );
  }
  const labels = figure.rows.map((label) => wrapText(label, FONT.text, labelWidth, 2));
  const rowHeight = labels.some((lines) => lines.length > 1) ? CELL_HEIGHT + 8 : CELL_HEIGHT;
  const left = MARGIN + labelWidth + 6;
  const cellWidth = Math.min((widthPx - MARGIN - left) / nMetrics, 76);
  const headings = figure.metrics.map((metric) => wrapText(metric.label, FONT.text, cellWidth - 2, 3));
  const top = title.bottom + Math.max(...headings.map((lines) => lines.length)) * HEADING_LINE + 15;
  const noteLines = wrapText(
    figure.sd?.some((row) => row.some((sd) => sd !== null)) ? `${NOTE} ${SPREAD}` : NOTE,
    FONT.small,
    room,
    3,
  );
  const height = top + nRows * rowHeight + 8 + noteLines.length * 10 + MARGIN;

  const best = figure.metrics.map((metric, m) =>
    bestOf(
      figure.values.map((row) => row[m]),
      metric.higherIsBetter,
    ),
  );
  const cells = figure.values.flatMap((row, r) =>
    row.map((value, m) => {
      const goodness = value === null || !Number.isFinite(value) ? null : best[m].goodness(value);
      const isBest = value !== null && best[m].value !== null && shown(value) === shown(best[m].value);
      return {
        value: [m, r, goodness ?? 0],
        itemStyle: {
          color: goodness === null ? INK.background : paletteColour('accent', DEEPEST * goodness),
          borderColor: INK.background,
          borderWidth: 1,
        },
        label: {
          show: true,
          formatter: numbers[r][m],
          fontWeight: isBest ? 700 : 400,
          color: INK.text,
          fontSize: FONT.small,
        },
      };
    }),
  );
  const category = (n: number): object => ({
    type: 'category',
    data: Array.from({ length: n }, (_, i) => i),
    show: false,
  });
  const option = {
    grid: {
      left,
      top,
      width: cellWidth * nMetrics,
      height: nRows * rowHeight,
      containLabel: false,
      outerBoundsMode: 'none',
    },
    xAxis: category(nMetrics),
    yAxis: { ...category(nRows), inverse: true },
    visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { opacity: 1 } },
    series: [{ type: 'heatmap', silent: true, data: cells }],
    graphic: [
      ...title.elements,
      ...headings.flatMap((lines, m) => {
        const x = left + (m + 0.5) * cellWidth;
        const { higherIsBetter } = figure.metrics[m];
        const heading = lines.map((line, i) =>
          figureText(line, x, top - 14 - (lines.length - i) * HEADING_LINE + 6, { align: 'center', bold: true }),
        );
        if (higherIsBetter === null) return heading;
        const words = higherIsBetter ? 'higher is better' : 'lower is better';
        const direction = textWidth(words, FONT.small) <= cellWidth - 2 ? words : higherIsBetter ? '↑' : '↓';
        return [
          ...heading,
          figureText(direction, x, top - 8, { align: 'center', size: FONT.small, colour: INK.quiet }),
        ];
      }),
      ...labels.flatMap((lines, r) =>
        lines.map((line, i) =>
          figureText(line, left - 6, top + (r + 0.5) * rowHeight + (i - (lines.length - 1) / 2) * HEADING_LINE, {
            align: 'right',
          }),
        ),
      ),
      ...noteLines.map((line, i) =>
        figureText(line, MARGIN, top + nRows * rowHeight + 8 + i * 10, {
          size: FONT.small,
          colour: INK.quiet,
          baseline: 'top',
        }),
      ),
    ],
  };
  return renderSvg(
    option,
    { widthPx, heightPx: height },
    figure.title,
    `Scores of ${nRows} rows by ${nMetrics} metrics.`,
  );
}

const NOTE = 'Colour: worst to best of each column. Bold: best.';
const SPREAD = '± one standard deviation over seeds.';

function shown(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 0.001 || size >= 10000)) return value.toExponential(2).replace('-', '−');
  return (size >= 100 ? value.toFixed(1) : value.toFixed(3)).replace('-', '−');
}

function cellText(value: number | null, sd: number | null): string {
  if (value === null || !Number.isFinite(value)) return '–';
  return sd === null ? shown(value) : `${shown(value)} ± ${shown(sd)}`;
}

/** The best value of a column, and how far any other lies between the worst (0) and the best (1). */
function bestOf(
  values: readonly (number | null)[],
  higherIsBetter: boolean | null,
): { value: number | null; goodness(value: number): number } {
  const finite = values.filter((value): value is number => value !== null && Number.isFinite(value));
  if (finite.length === 0 || higherIsBetter === null) return { value: null, goodness: () => 0 };
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  const [worst, best] = higherIsBetter ? [low, high] : [high, low];
  return { value: best, goodness: (value) => (high === low ? 0.5 : (value - worst) / (best - worst)) };
}
