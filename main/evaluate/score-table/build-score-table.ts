import type { ScoreRow } from '../../projects/project.types.ts';
import { canonicalJson } from '../../json/canonical-json.ts';
import { markScores } from './mark-scores.ts';
import { metricFacts, metricOrder } from './metric-catalogue.ts';
import type {
  ScoreCell,
  ScoreColumn,
  ScoredRun,
  ScoreTable,
  ScoreTableInput,
  ScoreTableRow,
} from './score-table.types.ts';
import { describeProtocol, protocolOf } from '../../protocols/protocol.ts';
import { describeVariants } from './describe-variants.ts';

/** Runs that differ in nothing but the seed. */
interface RunGroup {
  key: string;
  runs: ScoredRun[];
}

/**
 * Arranges score rows as a table: runs × spaces × clusterings down, metrics across. Runs with the same dataset, method,
 * preset, parameters and recipe are one row: mean and standard deviation (ddof 1) over their seeds. The best figure of
 * each column in each dataset is marked, and methods that do not beat the floor are marked too. Figures that are not
 * numbers (NaN) are left out. Scores of runs that are not among `runs` are left out.
 */
export function buildScoreTable(input: ScoreTableInput): ScoreTable {
  const groups = groupBySeed(input.runs);
  const groupOf = new Map(groups.flatMap((group) => group.runs.map((run) => [run.id, group] as const)));
  const variants = describeVariants(groups.map((group) => group.runs[0]));
  const scores = input.scores.filter((score) => groupOf.has(score.runId) && !Number.isNaN(score.value));
  const columns = columnsOf(scores);

  const rows = new Map<string, ScoreTableRow>();
  const values = new Map<string, number[]>();
  for (const score of scores) {
    const group = groupOf.get(score.runId)!;
    const rowKey = canonicalJson([group.key, score.space, score.clustering]);
    let row = rows.get(rowKey);
    if (row === undefined) {
      row = emptyRow(input, group, score, variants[groups.indexOf(group)], columns.length);
      rows.set(rowKey, row);
    }
    if (!row.runIds.includes(score.runId)) row.runIds.push(score.runId);
    const cellKey = canonicalJson([rowKey, score.metric, score.labels]);
    const list = values.get(cellKey);
    if (list) list.push(score.value);
    else values.set(cellKey, [score.value]);
  }
  for (const [rowKey, row] of rows) {
    row.runIds.sort((a, b) => a - b);
    row.seeds = row.runIds.map((id) => groupOf.get(id)!.runs.find((run) => run.id === id)!.seed);
    row.cells = columns.map((column) => summarise(values.get(canonicalJson([rowKey, column.metric, column.labels]))));
  }
  const table = { columns, rows: [...rows.values()].sort(compareRows) };
  markScores(table);
  return table;
}

function groupBySeed(runs: readonly ScoredRun[]): RunGroup[] {
  const groups = new Map<string, RunGroup>();
  for (const run of runs) {
    const key = canonicalJson([
      run.datasetId,
      run.method,
      run.preset,
      run.parameters,
      run.recipe,
      withoutSeed(run.protocol ?? {}),
    ]);
    const group = groups.get(key);
    if (group) group.runs.push(run);
    else groups.set(key, { key, runs: [run] });
  }
  return [...groups.values()];
}

/** Spots drawn anew are another repetition, not another protocol. */
function withoutSeed({ seed: _seed, ...protocol }: Record<string, unknown>): Record<string, unknown> {
  return protocol;
}

function protocolText(run: ScoredRun): string {
  const protocol = protocolOf(run.protocol ?? {});
  return protocol.kind === 'clustering' ? '' : describeProtocol(protocol);
}

function columnsOf(scores: readonly ScoreRow[]): ScoreColumn[] {
  const labels = new Set(scores.map((score) => score.labels).filter((name) => name !== ''));
  const columns = new Map<string, ScoreColumn>();
  for (const { metric, labels: column } of scores) {
    const { title, higherIsBetter, digits } = metricFacts(metric);
    const shown = column !== '' && labels.size > 1 ? `${title} (${column})` : title;
    columns.set(canonicalJson([metric, column]), { metric, labels: column, title: shown, higherIsBetter, digits });
  }
  return [...columns.values()].sort(
    (a, b) =>
      compareText(a.labels, b.labels) ||
      metricOrder(a.metric) - metricOrder(b.metric) ||
      compareText(a.metric, b.metric),
  );
}

function emptyRow(
  input: ScoreTableInput,
  group: RunGroup,
  score: ScoreRow,
  variant: string,
  nColumns: number,
): ScoreTableRow {
  const run = group.runs[0];
  return {
    datasetId: run.datasetId,
    dataset: input.datasetNames?.get(run.datasetId) ?? `dataset ${run.datasetId}`,
    protocol: protocolText(run),
    method: run.method,
    methodTitle: input.methodTitles?.get(run.method) ?? run.method,
    preset: run.preset,
    variant,
    space: score.space,
    clustering: score.clustering,
    runIds: [],
    seeds: [],
    isFloor: input.floorMethods?.has(run.method) ?? false,
    cells: new Array<ScoreCell | null>(nColumns).fill(null),
  };
}

function summarise(values: number[] | undefined): ScoreCell | null {
  if (values === undefined) return null;
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null, n, best: false, beatsFloor: null };
}

function compareRows(a: ScoreTableRow, b: ScoreTableRow): number {
  return (
    a.datasetId - b.datasetId ||
    compareText(a.protocol, b.protocol) ||
    Number(a.isFloor) - Number(b.isFloor) ||
    compareText(a.methodTitle, b.methodTitle) ||
    compareText(a.preset, b.preset) ||
    compareText(a.variant, b.variant) ||
    compareText(a.space, b.space) ||
    compareText(a.clustering, b.clustering)
  );
}

/** By code units, so that the order is the same on every machine. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
