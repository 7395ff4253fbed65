import type { LineSeriesOption } from 'echarts/charts';
import type { z } from 'zod';
import { categoryColour } from '../../../main/contract/palettes/categorical.ts';
import type { epochRecordSchema } from '../../../main/contract/entities/run.ts';
import type { ChartColours } from '../../charts/chart-theme.ts';
import type { ChartOption } from '../../charts/echarts.ts';
import type { ChartTable } from '../../charts/chart-table.ts';
import { formatFigure } from '../../design/format.ts';
import { shownColour } from '../explore/shown-colour.ts';

/** Losses of one run, epoch by epoch. */
export interface RunHistory {
  name: string;
  history: z.infer<typeof epochRecordSchema>[];
}

/** Which losses are drawn. */
export type LossPart = 'train' | 'heldOut';

/** Loss terms of any of the runs; the total first. */
export function lossTerms(runs: readonly RunHistory[]): string[] {
  const terms = new Set(runs.flatMap(({ history }) => Object.keys(history[0]?.train ?? {})));
  return [...terms].sort((a, b) => Number(b === 'total') - Number(a === 'total'));
}

/** Runs without a value for the term on that part have no line. @returns [epoch, loss], or null where there is none */
function lineOf({ history }: RunHistory, term: string, part: LossPart): [number, number][] | null {
  const points = history.flatMap((record): [number, number][] => {
    const value = record[part]?.[term];
    return value === undefined || !Number.isFinite(value) ? [] : [[record.epoch, value]];
  });
  return points.length === 0 ? null : points;
}

/** Losses of several runs in one picture: a colour a run, held-out cells dashed. */
export function lossOption(
  runs: readonly RunHistory[],
  term: string,
  parts: readonly LossPart[],
  log: boolean,
  colours: ChartColours,
): ChartOption {
  const series = runs.flatMap((run, i) =>
    parts.flatMap((part): LineSeriesOption[] => {
      const points = lineOf(run, term, part);
      if (points === null) return [];
      const color = shownColour(categoryColour(i), colours.isDark);
      return [
        {
          type: 'line',
          name: lineName(run, part),
          showSymbol: points.length === 1,
          lineStyle: { width: 2, color, type: part === 'heldOut' ? 'dashed' : 'solid' },
          itemStyle: { color },
          // A logarithm has no place for 0 and less.
          data: log ? points.map(([epoch, value]) => [epoch, value > 0 ? value : NaN]) : points,
        },
      ];
    }),
  );
  return {
    grid: { left: 68, right: 20, top: 16 + 22 * Math.ceil(series.length / 2), bottom: 40 },
    legend: {
      top: 0,
      left: 0,
      type: 'plain',
      itemWidth: 26,
      itemStyle: { opacity: 0 },
      textStyle: { color: colours.text },
    },
    tooltip: { trigger: 'axis', renderMode: 'richText', valueFormatter: (value) => formatFigure(Number(value)) },
    xAxis: {
      type: 'value',
      name: 'epoch',
      nameLocation: 'middle',
      nameGap: 24,
      minInterval: 1,
      splitLine: { show: false },
    },
    yAxis: {
      type: log ? 'log' : 'value',
      scale: true,
      axisLabel: { formatter: (value: number) => formatFigure(value) },
    },
    series,
  };
}

/** The same as figures: a line an epoch. */
export function lossTable(runs: readonly RunHistory[], term: string, parts: readonly LossPart[]): ChartTable {
  const lines = runs.flatMap((run) =>
    parts.flatMap((part) => {
      const points = lineOf(run, term, part);
      return points === null ? [] : [{ name: lineName(run, part), points: new Map(points) }];
    }),
  );
  const epochs = [...new Set(lines.flatMap(({ points }) => [...points.keys()]))].sort((a, b) => a - b);
  return {
    columns: ['epoch', ...lines.map(({ name }) => name)],
    rows: epochs.map((epoch) => [epoch, ...lines.map(({ points }) => points.get(epoch) ?? '')]),
  };
}

function lineName({ name }: RunHistory, part: LossPart): string {
  return part === 'heldOut' ? `${name}, held out` : name;
}
