import { CATEGORY_COLOURS } from '../../contract/palettes/categorical.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { checkedSize, PX_PER_MM, tooSmall, type FigureSize } from './figure-size.ts';
import { FONT, INK, MARGIN } from './figure-style.ts';
import { figureText } from './figure-text.ts';
import { figureTitle } from './figure-title.ts';
import { niceTicks } from './nice-ticks.ts';
import { numberLabel } from './number-label.ts';
import { renderSvg } from './render-svg.ts';
import { fitText, textWidth } from './text-width.ts';

/** One epoch of a training history. */
export interface LossEpoch {
  epoch: number;
  /** Loss terms by name on the training observations. */
  train: Readonly<Record<string, number>>;
  /** The same on held-out observations; null when nothing is held out. */
  heldOut: Readonly<Record<string, number>> | null;
}

export interface LossFigure {
  title: string;
  history: readonly LossEpoch[];
  /** Marked with a line where given: the epoch whose weights were kept. */
  bestEpoch?: number;
  size?: FigureSize;
}

const TRAIN_COLOUR = CATEGORY_COLOURS[0];
const HELD_OUT_COLOUR = CATEGORY_COLOURS[1];
const PANEL_GAP = 14;
/** Height above a panel for its name, below it for the axis. */
const HEAD = 16;
const FOOT = 28;
const DEFAULT_PANEL = 34 * PX_PER_MM;
const MIN_PANEL = 18 * PX_PER_MM;

/**
 * Loss curves: one panel per term, because terms differ by orders of magnitude, the training observations as a full
 * line, held-out ones dashed. One panel per row at column width, two or three at double width.
 *
 * @throws LacunaError `bad-option` when there is no history, or no room for the panels
 */
export function lossFigure(figure: LossFigure): string {
  const { widthPx, heightPx } = checkedSize(figure.size ?? {});
  const terms = [
    ...new Set(figure.history.flatMap((epoch) => [...Object.keys(epoch.train), ...Object.keys(epoch.heldOut ?? {})])),
  ];
  if (terms.length === 0)
    throw new LacunaError(
      'bad-option',
      'This run has no training history to draw.',
      'Methods that are solved in one step, like PCA, have none.',
    );
  const title = figureTitle(figure.title, widthPx);
  const heldOut = figure.history.some((epoch) => epoch.heldOut !== null);
  const columns = widthPx < 130 * PX_PER_MM ? 1 : terms.length === 3 ? 3 : Math.min(2, terms.length);
  const rows = Math.ceil(terms.length / columns);
  const legendTop = title.bottom;
  const panelsTop = legendTop + 16;
  const panelHeight = heightPx === null ? DEFAULT_PANEL : (heightPx - panelsTop - MARGIN) / rows - HEAD - FOOT;
  if (panelHeight < MIN_PANEL) throw tooSmall(panelsTop + MARGIN + rows * (HEAD + FOOT + MIN_PANEL));
  const height = heightPx ?? panelsTop + rows * (HEAD + FOOT + panelHeight) + MARGIN;

  const panels = terms.map((term) => panel(figure.history, term));
  const labelWidth =
    Math.max(...panels.flatMap(({ ticks }) => ticks.map((tick) => textWidth(numberLabel(tick), FONT.small)))) + 4;
  const axisName = 13;
  const columnWidth = (widthPx - 2 * MARGIN - (columns - 1) * PANEL_GAP) / columns;
  const epochs = figure.history.map(({ epoch }) => epoch);
  const [firstEpoch, lastEpoch] = [Math.min(...epochs), Math.max(...epochs)];
  const epochTicks = niceTicks(firstEpoch, Math.max(lastEpoch, firstEpoch + 1), 5).filter(Number.isInteger);

  const graphic: object[] = [...title.elements];
  let x = MARGIN;
  const key = (text: string, colour: string, dash: number[] | null): void => {
    graphic.push({
      type: 'line',
      silent: true,
      shape: { x1: x, y1: legendTop + 6, x2: x + 18, y2: legendTop + 6 },
      style: { stroke: colour, lineWidth: 1.4, lineDash: dash ?? false },
    });
    graphic.push(figureText(text, x + 22, legendTop + 6));
    x += 22 + textWidth(text, FONT.text) + 12;
  };
  key('training', TRAIN_COLOUR, null);
  if (heldOut) key('held out', HELD_OUT_COLOUR, [4, 2]);
  if (figure.bestEpoch !== undefined) key('epoch kept', INK.quiet, [1, 2]);

  const grids = terms.map((term, i) => {
    const left = MARGIN + (i % columns) * (columnWidth + PANEL_GAP) + axisName + labelWidth;
    const top = panelsTop + Math.floor(i / columns) * (HEAD + FOOT + panelHeight) + HEAD;
    const width = columnWidth - axisName - labelWidth - 8;
    graphic.push({
      ...figureText('loss', left - labelWidth - 7, top + panelHeight / 2, { align: 'center' }),
      rotation: Math.PI / 2,
    });
    graphic.push(figureText(fitText(termName(term), FONT.text, width), left, top - 8, { bold: true }));
    return { left, top, width, height: panelHeight, containLabel: false, outerBoundsMode: 'none' };
  });
  const option = {
    grid: grids,
    xAxis: terms.map((_, gridIndex) => ({
      gridIndex,
      type: 'value',
      min: firstEpoch,
      max: Math.max(lastEpoch, firstEpoch + 1),
      ...axis(epochTicks),
      nameLocation: 'middle',
      nameTextStyle: { fontSize: FONT.text, color: INK.text },
      name: 'epoch',
      nameGap: 15,
      splitLine: { show: false },
      axisLabel: {
        fontSize: FONT.small,
        color: INK.text,
        customValues: epochTicks,
        formatter: numberLabel,
        margin: 5,
        hideOverlap: true,
      },
    })),
    yAxis: panels.map(({ low, high, ticks }, gridIndex) => ({
      gridIndex,
      type: 'value',
      min: low,
      max: high,
      ...axis(ticks),
      splitLine: { show: true, lineStyle: { color: INK.grid, width: 0.5 } },
      axisLabel: { fontSize: FONT.small, color: INK.text, customValues: ticks, formatter: numberLabel, margin: 5 },
    })),
    series: panels.flatMap(({ train, heldOut: held }, i) => [
      {
        ...line(i, train),
        lineStyle: { color: TRAIN_COLOUR, width: 1.3 },
        ...(figure.bestEpoch === undefined ? {} : { markLine: keptEpoch(figure.bestEpoch) }),
      },
      ...(held.length > 0
        ? [{ ...line(i, held), lineStyle: { color: HELD_OUT_COLOUR, width: 1.3, type: [4, 2] } }]
        : []),
    ]),
    graphic,
  };
  return renderSvg(
    option,
    { widthPx, heightPx: height },
    figure.title,
    `Loss by epoch for ${terms.map(termName).join(', ')}.`,
  );
}

function axis(ticks: readonly number[]): object {
  const lineStyle = { color: INK.line, width: 0.7 };
  return {
    axisLine: { show: true, lineStyle, onZero: false },
    axisTick: { show: true, length: 3, lineStyle, customValues: ticks },
  };
}

function line(axis: number, data: [number, number][]): object {
  return {
    type: 'line',
    xAxisIndex: axis,
    yAxisIndex: axis,
    data,
    showSymbol: data.length === 1,
    symbol: 'circle',
    symbolSize: 3,
    silent: true,
  };
}

function keptEpoch(epoch: number): object {
  return {
    silent: true,
    symbol: 'none',
    label: { show: false },
    lineStyle: { color: INK.quiet, width: 1, type: [1, 2] },
    data: [{ xAxis: epoch }],
  };
}

/** `heldOutTotal` and `kl` as people write them. */
function termName(term: string): string {
  const known: Record<string, string> = {
    kl: 'KL divergence',
    mse: 'MSE',
    mae: 'MAE',
    nll: 'negative log-likelihood',
    elbo: 'ELBO',
  };
  return (
    known[term.toLowerCase()] ??
    term
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase()
  );
}

interface Panel {
  train: [number, number][];
  heldOut: [number, number][];
  low: number;
  high: number;
  ticks: number[];
}

function panel(history: readonly LossEpoch[], term: string): Panel {
  const curve = (pick: (epoch: LossEpoch) => Readonly<Record<string, number>> | null): [number, number][] =>
    history.flatMap((epoch): [number, number][] => {
      const value = pick(epoch)?.[term];
      return value !== undefined && Number.isFinite(value) ? [[epoch.epoch, value]] : [];
    });
  const train = curve((epoch) => epoch.train);
  const heldOut = curve((epoch) => epoch.heldOut);
  const values = [...train, ...heldOut].map(([, value]) => value);
  const min = values.length > 0 ? Math.min(...values) : 0;
  const max = values.length > 0 ? Math.max(...values) : 1;
  const blank = (max - min) * 0.05 || Math.abs(max) * 0.05 || 1;
  const [low, high] = [min - blank, max + blank];
  return { train, heldOut, low, high, ticks: niceTicks(low, high, 4) };
}
