import type { ChartColours } from '../../charts/chart-theme.ts';
import type { ChartOption } from '../../charts/echarts.ts';
import { formatCount, formatFigure } from '../../design/format.ts';
import type { PreparePreview } from './prepare-state.svelte.ts';

type Spread = PreparePreview['before'];

/** Values other than 0, as steps; heights in logarithms, for most values of counts are 1. */
export function valuesOption({ values }: Spread, colour: string): ChartOption {
  const { edges, counts } = values;
  const data = counts.map((count, i) => [edges[i], Math.log10(1 + count), edges[i + 1], count]);
  const last = data.at(-1);
  if (last !== undefined) data.push([edges[edges.length - 1], last[1], edges[edges.length - 1], last[3]]);
  return {
    grid: { left: 8, right: 16, top: 12, bottom: 8 },
    tooltip: {
      trigger: 'axis',
      formatter: (at: unknown) => {
        const [{ data: point }] = at as { data: number[] }[];
        return `${formatFigure(point[0])} to ${formatFigure(point[2])}: ${formatCount(point[3])} values`;
      },
    },
    xAxis: {
      type: 'value',
      min: edges[0],
      max: edges[edges.length - 1],
      splitLine: { show: false },
      splitNumber: 4,
      // The ends are data values, and rarely round ones.
      axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (value: number) => formatFigure(value) },
    },
    yAxis: {
      type: 'value',
      min: 0,
      minInterval: 1,
      splitNumber: 3,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { formatter: (value: number) => (Number.isInteger(value) ? powerText(value) : '') },
    },
    series: [
      {
        type: 'line',
        step: 'end',
        symbol: 'none',
        data,
        lineStyle: { width: 1, color: colour },
        itemStyle: { color: colour },
        areaStyle: { color: colour, opacity: 0.75 },
      },
    ],
  };
}

function powerText(exponent: number): string {
  if (exponent === 0) return '0';
  return exponent < 3 ? String(10 ** exponent) : exponent < 6 ? `${10 ** (exponent - 3)}k` : `${10 ** (exponent - 6)}M`;
}

/** Totals per cell before and after: each on its own axis, for their sizes differ by far. */
export function totalsOption({ before, after }: PreparePreview, colours: ChartColours): ChartOption {
  const boxes = [
    { name: 'before', totals: before.totals, colour: colours.lineStrong },
    { name: 'after', totals: after.totals, colour: colours.accent },
  ];
  return {
    grid: boxes.map((_, i) => ({ left: 52, right: 20, top: i === 0 ? '4%' : '54%', height: '26%' })),
    tooltip: { trigger: 'item' },
    xAxis: boxes.map(({ totals }, i) => ({
      type: 'value',
      gridIndex: i,
      ...room(totals),
      splitNumber: 4,
      axisLabel: { showMinLabel: false, showMaxLabel: false, formatter: (value: number) => formatFigure(value) },
    })),
    yAxis: boxes.map(({ name }, i) => ({
      type: 'category',
      gridIndex: i,
      data: [name],
      axisLine: { show: false },
      axisTick: { show: false },
      splitLine: { show: false },
    })),
    series: boxes.map(({ name, totals, colour }, i) => ({
      type: 'custom',
      xAxisIndex: i,
      yAxisIndex: i,
      data: [[0, ...totals]],
      tooltip: { formatter: () => `${name}: ${totalsSentence(totals)}` },
      renderItem: (_, api) => {
        const at = (place: number): number[] => api.coord([api.value(place + 1), 0]);
        const y = at(0)[1];
        const half = 12;
        const line = (from: number[], to: number[], width = 1.5) => ({
          type: 'line' as const,
          shape: { x1: from[0], y1: from[1], x2: to[0], y2: to[1] },
          style: { stroke: colours.text, lineWidth: width },
        });
        const up = (place: number, size: number): [number[], number[]] => [
          [at(place)[0], y - size],
          [at(place)[0], y + size],
        ];
        return {
          type: 'group',
          children: [
            line(at(1), at(5)),
            line(...up(1, 5)),
            line(...up(5, 5)),
            {
              type: 'rect',
              shape: { x: at(2)[0], y: y - half, width: Math.max(2, at(4)[0] - at(2)[0]), height: 2 * half },
              style: { fill: colour, stroke: colours.text },
            },
            line(...up(3, half), 2.5),
          ],
        };
      },
    })),
  };
}

/** Some room at both ends. */
function room(totals: number[]): { min: number; max: number } {
  const [low, high] = [totals[1], totals[5]];
  const margin = areOne(totals) ? Math.max(Math.abs(high) * 0.1, 1) : (high - low) * 0.12;
  return { min: low - margin, max: high + margin };
}

/** Whether the totals differ by no more than rounding; after scaling without a logarithm they do not. */
function areOne(totals: number[]): boolean {
  return totals[5] - totals[1] <= 1e-3 * Math.abs(totals[3]);
}

/** 'half of the totals lie between 1,758 and 2,763, the median is 2,197' */
export function totalsSentence(totals: number[]): string {
  if (areOne(totals)) return `every total is ${formatFigure(totals[3])}`;
  return `half of the totals lie between ${formatFigure(totals[2])} and ${formatFigure(totals[4])}, the median is ${formatFigure(totals[3])}`;
}

/** Genes by mean and variability; the chosen ones stand out, on top. */
export function genesOption(genes: NonNullable<PreparePreview['genes']>, colours: ChartColours): ChartOption {
  const points = (chosen: boolean): [number, number, string][] =>
    genes.names.flatMap((name, i) =>
      genes.chosen[i] === chosen ? [[genes.logMean[i], genes.variability[i], name] as [number, number, string]] : [],
    );
  const series = (name: string, chosen: boolean, colour: string, opacity: number) => ({
    type: 'scatter' as const,
    name,
    data: points(chosen),
    symbolSize: 4,
    itemStyle: { color: colour, opacity },
  });
  return {
    grid: { left: 32, right: 16, top: 28, bottom: 28 },
    legend: { top: 0, left: 'center', selectedMode: false, icon: 'circle', itemWidth: 9, itemHeight: 9 },
    tooltip: {
      trigger: 'item',
      formatter: (at: unknown) => {
        const [mean, variability, name] = (at as { data: [number, number, string] }).data;
        return `${plain(name)}<br>mean ${formatFigure(10 ** mean)}, ${genes.measure.toLowerCase()} ${formatFigure(variability)}`;
      },
    },
    xAxis: {
      type: 'value',
      name: 'Mean per cell',
      nameLocation: 'middle',
      nameGap: 24,
      minInterval: 1,
      axisLabel: { formatter: (value: number) => formatFigure(10 ** value) },
    },
    yAxis: {
      type: 'value',
      // The logarithm of 1 is not where the picture begins.
      axisLine: { onZero: false },
      name: genes.measure,
      nameLocation: 'middle',
      nameGap: 30,
      scale: true,
      splitNumber: 4,
    },
    series: [series('not used', false, colours.lineStrong, 0.45), series('used', true, colours.accent, 0.8)].filter(
      ({ data }) => data.length > 0,
    ),
  };
}

/** A gene name is somebody's text, and the tooltip is made of HTML. */
function plain(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
