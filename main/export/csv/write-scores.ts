import { writeFile } from 'node:fs/promises';
import { renderScoreTableDelimited } from '../../evaluate/score-table/render-delimited.ts';
import { renderScoreTableJson } from '../../evaluate/score-table/render-json.ts';
import { renderScoreTableLatex } from '../../evaluate/score-table/render-latex.ts';
import type { ScoreTable } from '../../evaluate/score-table/score-table.types.ts';
import { writeFileAtomically } from '../atomic-target.ts';
import type { ExportOptions, ExportResult } from '../export-source.ts';

export type ScoreFormat = 'csv' | 'tsv' | 'json' | 'latex';

const RENDER: Record<ScoreFormat, (table: ScoreTable) => string> = {
  csv: (table) => renderScoreTableDelimited(table, ','),
  tsv: (table) => renderScoreTableDelimited(table, '\t'),
  json: renderScoreTableJson,
  latex: renderScoreTableLatex,
};

/** Writes a table of scores. @throws LacunaError `bad-option`, `no-access`, `disk-full` */
export async function writeScores(
  path: string,
  table: ScoreTable,
  format: ScoreFormat,
  options: ExportOptions = {},
): Promise<ExportResult> {
  const text = RENDER[format](table);
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) => writeFile(temporary, text));
  return { path, bytes, nValues: table.rows.length * table.columns.length, warnings: [] };
}
