import type { ScoreFigure, ScoreTable, ScoreTableRow } from '../score/score-types.ts';
import { shortName } from './map-rows.ts';
import { figuresBehind } from './table-tasks.ts';

/** One metric of a task: every method with the figure of each of its seeds. */
export interface MetricSpread {
  metric: string;
  title: string;
  higherIsBetter: boolean | null;
  /** Best median first where one direction is better. */
  methods: { name: string; isFloor: boolean; values: number[]; seeds: number[] }[];
}

/** What lies behind the means of a table: for each metric the figures of all seeds, method by method. */
export function spreadOfSeeds(table: ScoreTable, figures: readonly ScoreFigure[]): MetricSpread[] {
  return table.columns
    .map(({ metric, labels, title, higherIsBetter }) => ({
      metric,
      title,
      higherIsBetter,
      methods: ordered(
        table.rows.flatMap((row) => {
          const own = figuresBehind(figures, row, { metric, labels }).toSorted((a, b) => a.seed - b.seed);
          if (own.length === 0) return [];
          return {
            name: shortName(row, table.rows),
            isFloor: row.isFloor,
            values: own.map((figure) => figure.value),
            seeds: own.map((figure) => seedOf(row, figure)),
          };
        }),
        higherIsBetter,
      ),
    }))
    .filter(({ methods }) => methods.length > 0);
}

/** The seed of the training, which the table tells; a score has a seed of its own. */
function seedOf(row: ScoreTableRow, { runId }: ScoreFigure): number {
  return row.seeds[row.runIds.indexOf(runId)];
}

function ordered(methods: MetricSpread['methods'], higherIsBetter: boolean | null): MetricSpread['methods'] {
  if (higherIsBetter === null) return methods;
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
  return methods.toSorted((a, b) => (median(a.values) - median(b.values)) * (higherIsBetter ? -1 : 1));
}
