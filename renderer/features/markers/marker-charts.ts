import type { CustomSeriesOption } from 'echarts/charts';
import { paletteColour } from '../../../main/contract/palettes/continuous.ts';
import type { ChartColours } from '../../charts/chart-theme.ts';
import type { ChartOption } from '../../charts/echarts.ts';
import { formatFigure } from '../../design/format.ts';
import { distribution, type Distribution } from '../explore/distribution.ts';
import { shownColour } from '../explore/shown-colour.ts';
import type { ReadGenes } from './read-genes.ts';

/** A gene in the group and in those that it was compared with. */
export interface SplitViolin {
  gene: string;
  /** In the group, in the others. */
  sides: [Distribution, Distribution];
}

/** How genes are spread in the two sides. @param sides [nObs of the dataset], 0, 1, or -1 for neither */
export function splitViolins({ obs, genes }: ReadGenes, sides: Int32Array): SplitViolin[] {
  return genes.map(({ name, values }) => {
    const parts: [number[], number[]] = [[], []];
    obs.forEach((position, i) => {
      const side = sides[position];
      if (side === 0 || side === 1) parts[side].push(values[i]);
    });
    return { gene: name, sides: [distribution(parts[0]), distribution(parts[1])] };
  });
}

/** A violin for each gene: the group at the left half, the others at the right. */
export function violinOption(
  violins: readonly SplitViolin[],
  names: readonly [string, string],
  own: string,
  colours: ChartColours,
): ChartOption {
  const fills = [shownColour(own, colours.isDark), colours.muted];
  const series = [0, 1].map((side): CustomSeriesOption => ({
    type: 'custom',
    name: names[side],
    itemStyle: { color: fills[side] },
    data: violins.map(({ sides }, i) => [i, sides[side].median, sides[side].from, sides[side].to]),
    encode: { x: 0, y: [2, 3] },
    renderItem: (_, api) => {
      const at = Number(api.value(0));
      const one = violins[at].sides[side];
      const band = api.size?.([1, 0]);
      const half = (side === 0 ? -0.45 : 0.45) * (Array.isArray(band) ? band[0] : 20);
      const point = (value: number, share: number): number[] => {
        const [x, y] = api.coord([at, value]);
        return [x + share * half, y];
      };
      const steps = one.density.length;
      const [x, y] = point(one.median, 0);
      const outline = one.density.map((share, i) => point(one.from + ((one.to - one.from) * i) / (steps - 1), share));
      const shape = steps > 0 ? [point(one.from, 0), ...outline, point(one.to, 0)] : [];
      return {
        type: 'group',
        children: [
          { type: 'polygon', shape: { points: shape }, style: { fill: fills[side], opacity: 0.85 } },
          {
            type: 'line',
            shape: { x1: x, y1: y, x2: x + half * (steps > 0 ? 0.5 : 1), y2: y },
            style: { stroke: steps > 0 ? colours.text : fills[side], lineWidth: 2 },
          },
        ],
      };
    },
  }));
  return {
    grid: { left: 44, right: 12, top: 30, bottom: 46 },
    legend: { top: 0, left: 0, data: [...names] },
    tooltip: {
      trigger: 'item',
      renderMode: 'richText',
      formatter: (item) => {
        const { dataIndex, seriesIndex } = Array.isArray(item) ? item[0] : item;
        const { gene, sides } = violins[dataIndex];
        const one = sides[seriesIndex === 1 ? 1 : 0];
        return `${gene} in ${names[seriesIndex === 1 ? 1 : 0]}: median ${formatFigure(one.median)}, ${Math.round(100 * one.expressing)} % above 0`;
      },
    },
    xAxis: {
      type: 'category',
      data: violins.map(({ gene }) => gene),
      axisLabel: { interval: 0, rotate: violins.length > 6 ? 35 : 0, fontStyle: 'italic' },
    },
    yAxis: { type: 'value' },
    series,
  };
}

/** One gene in one group. */
export interface Dot {
  gene: number;
  group: number;
  mean: number;
  /** Share of the observations above 0. */
  share: number;
}

/** Mean and share above 0 of every gene in every group. @param codes [nObs of the dataset] */
export function groupDots({ obs, genes }: ReadGenes, codes: Int32Array, shown: readonly number[]): Dot[] {
  const place = new Map(shown.map((code, at) => [code, at]));
  return genes.flatMap(({ values }, gene) => {
    const n = shown.map(() => 0);
    const sum = shown.map(() => 0);
    const above = shown.map(() => 0);
    obs.forEach((position, i) => {
      const at = place.get(codes[position]);
      if (at === undefined) return;
      n[at]++;
      sum[at] += values[i];
      if (values[i] > 0) above[at]++;
    });
    return shown.flatMap((_, group) =>
      n[group] === 0 ? [] : [{ gene, group, mean: sum[group] / n[group], share: above[group] / n[group] }],
    );
  });
}

/** Dots of genes across and groups down: colour is the mean, size the share above 0. */
export function dotOption(
  dots: readonly Dot[],
  genes: readonly string[],
  groups: readonly string[],
  /** px */
  height: number,
  colours: ChartColours,
): ChartOption {
  // The dots of one row must leave those of the next alone.
  const largest = Math.min(16, (height - 54) / Math.max(1, groups.length) - 1);
  const most = dots.reduce((max, { mean }) => Math.max(max, mean), 0) || 1;
  const dense = largest < 13;
  return {
    grid: { left: 116, right: 12, top: 8, bottom: 46 },
    tooltip: {
      trigger: 'item',
      renderMode: 'richText',
      formatter: (item) => {
        const dot = dots[(Array.isArray(item) ? item[0] : item).dataIndex];
        return `${genes[dot.gene]} in ${groups[dot.group]}: mean ${formatFigure(dot.mean)}, ${Math.round(100 * dot.share)} % above 0`;
      },
    },
    xAxis: {
      type: 'category',
      data: [...genes],
      axisLabel: { interval: 0, rotate: genes.length > 6 ? 35 : 0, fontStyle: 'italic' },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: [...groups],
      axisLabel: { interval: 0, width: 102, overflow: 'truncate', fontSize: dense ? 10 : 12 },
    },
    series: [
      {
        type: 'scatter',
        data: dots.map(({ gene, group, mean, share }) => ({
          value: [gene, group],
          symbolSize: 2 + Math.max(1, largest - 2) * Math.sqrt(share),
          itemStyle: {
            color: paletteColour('viridis', mean / most),
            borderColor: colours.lineStrong,
            borderWidth: 0.5,
          },
        })),
      },
    ],
  };
}
