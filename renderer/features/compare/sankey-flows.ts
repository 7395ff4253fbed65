import type { z } from 'zod';
import type { crossTableSchema } from '../../../main/contract/entities/comparison.ts';
import type { ChartColours } from '../../charts/chart-theme.ts';
import type { ChartTable } from '../../charts/chart-table.ts';
import type { ChartOption } from '../../charts/echarts.ts';
import { formatCount } from '../../design/format.ts';
import { shownColour } from '../explore/shown-colour.ts';

export type CrossTable = z.infer<typeof crossTableSchema>;

/** One stream between a group of the left and one of the right side. */
export interface Flow {
  /** Positions in the cross table. */
  left: number;
  right: number;
  count: number;
  /** Share of the left group, and of the right one. */
  ofLeft: number;
  ofRight: number;
}

/** Groups of both sides in the order in which they are drawn, and the streams between them. */
export interface Flows {
  left: number[];
  right: number[];
  flows: Flow[];
  /** Streams, and observations in them, that are too thin to be drawn. */
  hidden: { flows: number; count: number };
}

/**
 * Lays out what flows between two groupings: groups of the left by size, those of the right where most of their
 * observations come from, so that streams cross little (the barycentre rule of K. Sugiyama et al. 1981).
 *
 * @param least a stream is drawn when it is at least this share of one of its ends
 */
export function arrangeFlows({ left, right, counts }: CrossTable, least: number): Flows {
  const leftOrder = left.names.map((_, i) => i).sort((a, b) => left.sizes[b] - left.sizes[a] || a - b);
  const place = new Map(leftOrder.map((group, at) => [group, at]));
  const centre = right.names.map((_, c) => {
    let sum = 0;
    left.names.forEach((_name, r) => (sum += counts[r][c] * place.get(r)!));
    return right.sizes[c] === 0 ? 0 : sum / right.sizes[c];
  });
  const rightOrder = right.names.map((_, i) => i).sort((a, b) => centre[a] - centre[b] || a - b);
  const hidden = { flows: 0, count: 0 };
  const flows = leftOrder.flatMap((l) =>
    rightOrder.flatMap((r): Flow[] => {
      const count = counts[l][r];
      if (count === 0) return [];
      const flow = { left: l, right: r, count, ofLeft: count / left.sizes[l], ofRight: count / right.sizes[r] };
      if (Math.max(flow.ofLeft, flow.ofRight) >= least) return [flow];
      hidden.flows++;
      hidden.count += count;
      return [];
    }),
  );
  return { left: leftOrder, right: rightOrder, flows, hidden };
}

/** px between two groups: so much that their names stand clear of each other, however small they are. */
const GAP = 15;
const LETTER = 6.6;

/** Height that the picture needs, px. */
export function sankeyHeight({ left, right }: CrossTable): number {
  return Math.max(320, 230 + GAP * Math.max(left.names.length, right.names.length));
}

/** Streams between two groupings: the colours are those of the left side, a group of the right has its largest one. */
export function sankeyOption(table: CrossTable, { left, right, flows }: Flows, colours: ChartColours): ChartOption {
  const colourOf = (group: number): string => shownColour(table.left.colours[group], colours.isDark);
  const mainOf = (group: number): number =>
    table.left.names.reduce((best, _, l) => (table.counts[l][group] > table.counts[best][group] ? l : best), 0);
  const label = (names: readonly string[], sizes: readonly number[]) => (group: number) =>
    `${names[group]} (${formatCount(sizes[group])})`;
  const [leftLabel, rightLabel] = [
    label(table.left.names, table.left.sizes),
    label(table.right.names, table.right.sizes),
  ];
  const room = (texts: string[]): number =>
    Math.min(220, 14 + LETTER * Math.max(4, ...texts.map(({ length }) => length)));
  const margins = { left: room(left.map(leftLabel)), right: room(right.map(rightLabel)) };
  const node = (name: string, depth: 0 | 1, size: number, color: string, text: string) => ({
    name,
    depth,
    value: size,
    itemStyle: { color, borderWidth: 0 },
    label: {
      position: depth === 0 ? ('left' as const) : ('right' as const),
      formatter: text,
      color: colours.text,
      fontSize: 12,
      width: (depth === 0 ? margins.left : margins.right) - 10,
      overflow: 'truncate' as const,
    },
  });
  return {
    tooltip: { trigger: 'item', renderMode: 'richText' },
    series: [
      {
        type: 'sankey',
        ...margins,
        top: 6,
        bottom: 6,
        nodeWidth: 14,
        nodeGap: GAP,
        // The order is ours.
        layoutIterations: 0,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'source', opacity: 0.45, curveness: 0.5 },
        data: [
          ...left.map((l) => node(`l${l}`, 0, table.left.sizes[l], colourOf(l), leftLabel(l))),
          ...right.map((r) => node(`r${r}`, 1, table.right.sizes[r], colourOf(mainOf(r)), rightLabel(r))),
        ],
        links: flows.map((flow) => ({ source: `l${flow.left}`, target: `r${flow.right}`, value: flow.count })),
        tooltip: {
          formatter: (item) => {
            const { dataType, data, name } = item as unknown as {
              dataType: string;
              data: { source: string; target: string };
              name: string;
            };
            if (dataType !== 'edge')
              return name.startsWith('l') ? leftLabel(Number(name.slice(1))) : rightLabel(Number(name.slice(1)));
            const flow = flows.find((one) => `l${one.left}` === data.source && `r${one.right}` === data.target);
            return flow === undefined ? '' : flowWords(table, flow);
          },
        },
      },
    ],
  };
}

/** Every stream as figures, thin ones too. */
export function flowTable(table: CrossTable): ChartTable {
  return {
    columns: [
      table.left.title,
      table.right.title,
      'count',
      `share of ${table.left.title}`,
      `share of ${table.right.title}`,
    ],
    rows: arrangeFlows(table, 0).flows.map(({ left, right, count, ofLeft, ofRight }) => [
      table.left.names[left],
      table.right.names[right],
      count,
      ofLeft.toFixed(4),
      ofRight.toFixed(4),
    ]),
  };
}

function flowWords(table: CrossTable, { left, right, count, ofLeft, ofRight }: Flow): string {
  const [from, to] = [table.left.names[left], table.right.names[right]];
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  return `${from} → ${to}: ${formatCount(count)}, ${percent(ofLeft)} of ${from}, ${percent(ofRight)} of ${to}`;
}
