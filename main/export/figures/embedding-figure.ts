import { categoryColour, MISSING_COLOUR } from '../../contract/palettes/categorical.ts';
import { clusterOrder } from '../../contract/palettes/cluster-order.ts';
import { paletteColour, type ContinuousPalette } from '../../contract/palettes/continuous.ts';
import { scaleBar, type ScaleBar } from '../../contract/words/scale-bar.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { drawLegend, layoutLegend, type LegendEntry } from './category-legend.ts';
import { colourBarWidth, drawColourBar, type ColourBar } from './colour-bar.ts';
import { checkedSize, PX_PER_MM, tooSmall, type FigureSize } from './figure-size.ts';
import { FONT, INK, MARGIN } from './figure-style.ts';
import { figureText } from './figure-text.ts';
import { figureTitle } from './figure-title.ts';
import { pointsImage } from './points-image.ts';
import { renderSvg } from './render-svg.ts';
import { fitText } from './text-width.ts';

/** A cell type, a cluster, a batch: one colour per category, the largest first. */
export interface CategoryColouring {
  kind: 'categorical';
  /** Heading of the legend: 'cell type', 'k-means on the latent' … */
  label: string;
  /** [nObs], -1 where missing */
  codes: ArrayLike<number>;
  categories: readonly string[];
  /** Colour per category, where they were chosen by hand; default by size. */
  colours?: readonly string[];
}

/** A gene, a quality measure: low values are drawn first, so that hits are on top. */
export interface NumberColouring {
  kind: 'numeric';
  /** Heading of the colour bar: 'Alb', 'counts per cell' … */
  label: string;
  /** 'counts', 'log(1 + CP10k)' … ; empty for none. */
  unit: string;
  /** [nObs], NaN where missing */
  values: ArrayLike<number>;
  palette?: ContinuousPalette;
  /** Values outside are drawn in the end colours, and the bar says so. Default: all values. */
  range?: readonly [number, number];
}

export interface EmbeddingFigure {
  title: string;
  /** 'UMAP' gives the axis names 'UMAP 1' and 'UMAP 2'; a pair gives them itself; null: a map, without axes. */
  axes: string | readonly [string, string] | null;
  nDim: number;
  /** [nObs, nDim], row-major; the first two dimensions are drawn. */
  values: ArrayLike<number>;
  colour: CategoryColouring | NumberColouring;
  /** One length for both axes, for coordinates in tissue. Default false. */
  equalAspect?: boolean;
  /** The second coordinate grows downwards, as in images. Default false. */
  yDown?: boolean;
  /** 'µm' …: a scale bar stands under the data; left out or '': none. */
  unit?: string;
  size?: FigureSize;
  /** One picture for all points: light, for pages that show many. Words stay text. Default: a circle each. */
  pointsAsImage?: boolean;
}

const MIN_PLOT = 26 * PX_PER_MM;
const MAX_PLOT_HEIGHT = 120 * PX_PER_MM;
/** Room for an axis name. */
const AXIS = 16;
const LEGEND_GAP = 12;

interface Layer {
  colour: string;
  /** Observations in drawing order. */
  rows: number[];
}

/**
 * A scatter plot of an embedding or of coordinates as SVG. The legend stands beside the data where there is room and
 * below otherwise, never on it. Every observation is one circle of about 45 bytes: above 20,000 the file gets
 * heavy for drawing programs (100,000 points are about 4 MB and take 4 s), and stays correct.
 *
 * @throws LacunaError `bad-option` when the height asked for has no room for the data
 */
export function embeddingFigure(figure: EmbeddingFigure): string {
  const { widthPx, heightPx } = checkedSize(figure.size ?? {});
  const nObs = figure.values.length / figure.nDim;
  if (figure.nDim < 2)
    throw new LacunaError('bad-option', 'A scatter plot needs two dimensions.', 'Choose another embedding.');
  const title = figureTitle(figure.title, widthPx);
  const top = title.bottom;
  const colouring = figure.colour.kind === 'categorical' ? byCategory(figure.colour) : byNumber(figure.colour);

  const roomWidth = widthPx - 2 * MARGIN;
  const plotHeightFor = (width: number): number =>
    heightPx === null ? Math.min(width, MAX_PLOT_HEIGHT) : heightPx - top - AXIS - MARGIN;
  const placed = colouring.place(roomWidth, plotHeightFor);
  const plotWidth = placed.beside ? roomWidth - placed.width - LEGEND_GAP - AXIS : roomWidth - AXIS;
  const legendBelow = placed.beside ? 0 : placed.height + LEGEND_GAP;
  const wantedPlot = Math.min(plotWidth, MAX_PLOT_HEIGHT);
  const height =
    heightPx ?? top + Math.max(wantedPlot, placed.beside ? placed.height - AXIS : 0) + AXIS + legendBelow + MARGIN;
  const plotHeight = height - top - AXIS - legendBelow - MARGIN;
  if (plotHeight < MIN_PLOT) throw tooSmall(top + AXIS + legendBelow + MARGIN + MIN_PLOT);
  const left = MARGIN + AXIS;
  const legendTop = placed.beside ? top : top + plotHeight + AXIS + LEGEND_GAP;
  const legendLeft = placed.beside ? left + plotWidth + LEGEND_GAP : MARGIN;

  const [xExtent, yExtent] = extents(figure, nObs, plotWidth / plotHeight);
  const names =
    figure.axes === null
      ? ['', '']
      : typeof figure.axes === 'string'
        ? [`${figure.axes} 1`, `${figure.axes} 2`]
        : figure.axes;
  const bar = scaleBar(plotWidth / (xExtent[1] - xExtent[0]), figure.unit ?? '', plotWidth * 0.3);
  const axis = (name: string, extent: readonly [number, number], gap: number): object => ({
    type: 'value',
    min: extent[0],
    max: extent[1],
    name: fitText(name, FONT.text, gap > 8 ? plotHeight : plotWidth),
    nameLocation: 'middle',
    nameGap: gap,
    nameTextStyle: { fontSize: FONT.text, color: INK.text },
    axisLabel: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLine: { show: figure.axes !== null, onZero: false, lineStyle: { color: INK.line, width: 0.7 } },
  });
  const radius = Math.min(
    2.4,
    Math.max(0.55, Math.sqrt((plotWidth * plotHeight * 0.16) / (Math.PI * Math.max(1, nObs)))),
  );
  const option = {
    grid: { left, top, width: plotWidth, height: plotHeight, containLabel: false, outerBoundsMode: 'none' },
    xAxis: axis(names[0], xExtent, 4),
    yAxis: { ...axis(names[1], yExtent, 9), inverse: figure.yDown ?? false },
    series: (figure.pointsAsImage ? [] : colouring.layers).map((layer) => ({
      type: 'scatter',
      symbol: 'circle',
      symbolSize: radius * 2,
      silent: true,
      clip: false,
      itemStyle: { color: layer.colour, opacity: 1 },
      data: layer.rows
        .filter((row) => isPlaced(figure, row))
        .map((row) => [figure.values[row * figure.nDim], figure.values[row * figure.nDim + 1]]),
    })),
    graphic: [
      ...title.elements,
      ...(bar === null ? [] : drawScaleBar(bar, left, top + plotHeight + AXIS / 2)),
      ...placed.draw(legendLeft, legendTop, placed.beside ? plotHeight : placed.height),
    ],
  };
  const by = figure.axes === null ? 'where they lie' : `by ${names[0]} and ${names[1]}`;
  const description = `${nObs} observations ${by}, coloured by ${figure.colour.label}.`;
  const svg = renderSvg(option, { widthPx, heightPx: height }, figure.title, description);
  if (!figure.pointsAsImage) return svg;
  const placedRows = (rows: readonly number[]): Float32Array =>
    Float32Array.from(
      rows
        .filter((row) => isPlaced(figure, row))
        .flatMap((row) => {
          const x = (figure.values[row * figure.nDim] - xExtent[0]) / (xExtent[1] - xExtent[0]);
          const y = (figure.values[row * figure.nDim + 1] - yExtent[0]) / (yExtent[1] - yExtent[0]);
          return [x * plotWidth, (figure.yDown ? y : 1 - y) * plotHeight];
        }),
    );
  const layers = colouring.layers.map(({ colour, rows }) => ({ colour, centres: placedRows(rows) }));
  const png = pointsImage(layers, plotWidth, plotHeight, radius).toString('base64');
  const place = `x="${left}" y="${top}" width="${plotWidth}" height="${plotHeight}"`;
  const image = `<image ${place} href="data:image/png;base64,${png}"/>`;
  // Over the ground, under the axes.
  return svg.replace(/<\/desc>\s*<rect[^>]*>(?:<\/rect>)?/, (ground) => `${ground}\n${image}`);
}

/** A bar with its length behind it, its left end at (left, middle). */
function drawScaleBar({ pixels, text }: ScaleBar, left: number, middle: number): object[] {
  const line = { x1: left, y1: middle, x2: left + pixels, y2: middle };
  return [
    { type: 'line', silent: true, shape: line, style: { stroke: INK.text, lineWidth: 1.5 } },
    figureText(text, left + pixels + 5, middle),
  ];
}

interface PlacedLegend {
  beside: boolean;
  width: number;
  height: number;
  draw(left: number, top: number, height: number): object[];
}

interface Colouring {
  layers: Layer[];
  place(roomWidth: number, plotHeightFor: (width: number) => number): PlacedLegend;
}

function byCategory(colour: CategoryColouring): Colouring {
  const { order, missing } = clusterOrder(colour.codes, colour.categories.length);
  const layers = order.map(({ code }, rank): Layer => ({
    colour: colour.colours?.[code] ?? categoryColour(rank),
    rows: [],
  }));
  const layerOf = new Map(order.map(({ code }, rank) => [code, layers[rank]]));
  const none: Layer = { colour: MISSING_COLOUR, rows: [] };
  for (let row = 0; row < colour.codes.length; row++) (layerOf.get(colour.codes[row]) ?? none).rows.push(row);
  const entries: LegendEntry[] = order.map(({ code, size }, rank) => ({
    label: `${colour.categories[code]} (${size.toLocaleString('en-US')})`,
    colour: layers[rank].colour,
  }));
  if (missing > 0) entries.push({ label: `not labelled (${missing.toLocaleString('en-US')})`, colour: MISSING_COLOUR });
  return {
    // Observations without a label first, then the largest category, so that small ones lie on top.
    layers: [none, ...layers],
    place(roomWidth, plotHeightFor) {
      // Beside the data when that leaves the data more than half of the width.
      const beside = layoutLegend(colour.label, entries, roomWidth * 0.45, plotHeightFor(roomWidth * 0.55) + AXIS);
      const fits =
        beside.width <= roomWidth * 0.45 &&
        entries.every((entry) => fitText(entry.label, FONT.text, beside.columnWidth - 10.5) === entry.label);
      const layout = fits ? beside : layoutLegend(colour.label, entries, roomWidth, Infinity);
      return {
        beside: fits,
        width: layout.width,
        height: layout.height,
        draw: (left, top) => drawLegend(colour.label, entries, layout, left, top),
      };
    },
  };
}

function byNumber(colour: NumberColouring): Colouring {
  const palette = colour.palette ?? 'viridis';
  const rows: number[] = [];
  const none: Layer = { colour: MISSING_COLOUR, rows: [] };
  let min = Infinity;
  let max = -Infinity;
  for (let row = 0; row < colour.values.length; row++) {
    const value = colour.values[row];
    if (!Number.isFinite(value)) none.rows.push(row);
    else {
      rows.push(row);
      if (value < min) min = value;
      if (value > max) max = value;
    }
  }
  const [low, wantedHigh] = colour.range ?? (rows.length > 0 ? [min, max] : [0, 1]);
  const high = wantedHigh > low ? wantedHigh : low + 1;
  rows.sort((a, b) => colour.values[a] - colour.values[b]);
  // Neighbours in drawing order with the same of 256 colours make one layer.
  const layers: Layer[] = [];
  let lastStep = -1;
  for (const row of rows) {
    const step = Math.round(Math.min(1, Math.max(0, (colour.values[row] - low) / (high - low))) * 255);
    if (step !== lastStep) layers.push({ colour: paletteColour(palette, step / 255), rows: [] });
    layers[layers.length - 1].rows.push(row);
    lastStep = step;
  }
  const bar: ColourBar = {
    palette,
    low,
    high,
    label: colour.label,
    unit: colour.unit,
    clippedLow: min < low,
    clippedHigh: max > high,
    missing: none.rows.length > 0 ? { colour: MISSING_COLOUR, label: 'no value' } : null,
  };
  return {
    layers: [none, ...layers],
    place() {
      const width = colourBarWidth(bar);
      return {
        beside: true,
        width,
        height: 90,
        draw: (left, top, height) => drawColourBar(bar, left, top, width, height),
      };
    },
  };
}

function isPlaced(figure: EmbeddingFigure, row: number): boolean {
  return Number.isFinite(figure.values[row * figure.nDim]) && Number.isFinite(figure.values[row * figure.nDim + 1]);
}

type Extent = readonly [number, number];

/** Range of both axes with 3 % blank; with equal aspect the shorter one is widened. */
function extents(figure: EmbeddingFigure, nObs: number, widthPerHeight: number): [Extent, Extent] {
  const range = (dim: number): { middle: number; span: number } => {
    let low = Infinity;
    let high = -Infinity;
    for (let row = 0; row < nObs; row++) {
      if (!isPlaced(figure, row)) continue;
      const value = figure.values[row * figure.nDim + dim];
      if (value < low) low = value;
      if (value > high) high = value;
    }
    if (low > high) return { middle: 0, span: 1 };
    return { middle: (low + high) / 2, span: (high - low) * 1.06 || 1 };
  };
  const x = range(0);
  const y = range(1);
  if (figure.equalAspect) {
    const unit = Math.max(x.span / widthPerHeight, y.span);
    x.span = unit * widthPerHeight;
    y.span = unit;
  }
  return [
    [x.middle - x.span / 2, x.middle + x.span / 2],
    [y.middle - y.span / 2, y.middle + y.span / 2],
  ];
}
