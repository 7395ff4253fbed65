import { buildScoreTable } from '../../evaluate/score-table/build-score-table.ts';
import { renderScoreTableDelimited } from '../../evaluate/score-table/render-delimited.ts';
import { renderScoreTableLatex } from '../../evaluate/score-table/render-latex.ts';
import type { ScoreTable } from '../../evaluate/score-table/score-table.types.ts';
import { BATCH_METRICS } from '../../evaluate/batch/batch-mixing.ts';
import { methods } from '../../methods/registry.ts';
import { floorMethods } from '../../methods/floor-methods.ts';
import type { Project } from '../../projects/project.types.ts';

export type ScoreTextFormat = 'csv' | 'tsv' | 'latex';

export interface ScoreTableRequest {
  /** Left out: every run. */
  runIds?: readonly number[];
  /** Only figures against this obs column, and those without labels. */
  labels?: string;
  /** The figures of how well batches are mixed, by this obs column, in place of those against labels. */
  batches?: string;
  texts?: readonly ScoreTextFormat[];
}

export interface ScoreTableAnswer {
  /** Without rows where nothing is scored yet. */
  table: ScoreTable;
  /** Obs columns that there are figures against, whatever was asked for. */
  labels: string[];
  texts: Partial<Record<ScoreTextFormat, string>>;
}

const BATCH_IDS: ReadonlySet<string> = new Set(BATCH_METRICS);

/** The scores of a project as a table, and as texts to paste into a spreadsheet or a manuscript. */
export function projectScoreTable(
  project: Project,
  { runIds, labels, batches, texts = [] }: ScoreTableRequest,
): ScoreTableAnswer {
  const runs = project.runs.list().filter((run) => runIds === undefined || runIds.includes(run.id));
  const stored = runs.length === 0 ? [] : project.scores.list({ runIds: runs.map((run) => run.id) });
  // Mixing of batches and agreement with labels are different questions: each has a table of its own.
  const all = stored.filter((row) => BATCH_IDS.has(row.metric) === (batches !== undefined));
  const column = batches ?? labels;
  const table = buildScoreTable({
    scores: column === undefined ? all : all.filter((row) => row.labels === '' || row.labels === column),
    runs,
    datasetNames: new Map(project.datasets.list().map((dataset) => [dataset.id, dataset.name])),
    methodTitles: new Map(methods.map((method) => [method.id, method.title])),
    floorMethods,
  });
  return {
    table,
    labels: [...new Set(all.map((row) => row.labels).filter((name) => name !== ''))].sort(),
    texts: Object.fromEntries(texts.map((format) => [format, textOf(table, format)])),
  };
}

function textOf(table: ScoreTable, format: ScoreTextFormat): string {
  return format === 'latex'
    ? renderScoreTableLatex(table)
    : renderScoreTableDelimited(table, format === 'tsv' ? '\t' : ',');
}
