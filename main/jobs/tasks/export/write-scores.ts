import { writeFile } from 'node:fs/promises';
import { LacunaError } from '../../../errors/lacuna-error.ts';
import { buildScoreTable } from '../../../evaluate/score-table/build-score-table.ts';
import { renderScoreTableDelimited } from '../../../evaluate/score-table/render-delimited.ts';
import { renderScoreTableJson } from '../../../evaluate/score-table/render-json.ts';
import { renderScoreTableLatex } from '../../../evaluate/score-table/render-latex.ts';
import type { ScoreTable } from '../../../evaluate/score-table/score-table.types.ts';
import { writeFileAtomically } from '../../../export/atomic-target.ts';
import type { ExportResult } from '../../../export/export-source.ts';
import { methods } from '../../../methods/registry.ts';
import { floorMethods } from '../../../methods/floor-methods.ts';
import type { Project } from '../../../projects/project.types.ts';
import type { ExportFormat } from '../../export-request.ts';
import type { ExportSpec } from '../../job-spec.ts';
import type { JobContext } from '../job-context.ts';

/** The table of scores, mean and standard deviation over seeds. */
export async function writeScores(spec: ExportSpec, format: ExportFormat, context: JobContext): Promise<ExportResult> {
  const table = scoreTableOf(context.project, spec.runId);
  const bytes = await writeFileAtomically(spec.out, spec.overwrite, (temporary) =>
    writeFile(temporary, textOf(table, format)),
  );
  return { path: spec.out, bytes, nValues: 0, warnings: [] };
}

/**
 * The scores of a project as a table, of one run or of all.
 *
 * @throws LacunaError `not-found` when there are none
 */
export function scoreTableOf(project: Project, runId: number | null = null): ScoreTable {
  const runs = runId === null ? project.runs.list() : [project.runs.get(runId)];
  const scores = project.scores.list({ runIds: runs.map((run) => run.id) });
  if (scores.length === 0) throw new LacunaError('not-found', 'There are no scores yet.', 'Score a run first.');
  return buildScoreTable({
    scores,
    runs,
    datasetNames: new Map(project.datasets.list().map((dataset) => [dataset.id, dataset.name])),
    methodTitles: new Map(methods.map((method) => [method.id, method.title])),
    floorMethods,
  });
}

function textOf(table: ScoreTable, format: ExportFormat): string {
  switch (format) {
    case 'json':
      return renderScoreTableJson(table);
    case 'tex':
      return renderScoreTableLatex(table);
    default:
      return renderScoreTableDelimited(table, format === 'tsv' ? '\t' : ',');
  }
}
