import { writeFile } from 'node:fs/promises';
import { writeFileAtomically } from '../atomic-target.ts';
import type { ExportOptions, ExportResult } from '../export-source.ts';
import { methodsParagraph } from './methods-paragraph.ts';
import { reportJson } from './report-json.ts';
import type { RunDescription } from './run-description.ts';

/**
 * Writes the report of runs: `md` is a methods paragraph per run, `json` every parameter, seed and version.
 *
 * @throws LacunaError `bad-option`, `no-access`, `disk-full`
 */
export async function writeReport(
  path: string,
  runs: readonly RunDescription[],
  format: 'md' | 'json',
  options: ExportOptions = {},
): Promise<ExportResult> {
  const text = format === 'md' ? runs.map(methodsParagraph).join('\n---\n\n') : reportJson(runs);
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) => writeFile(temporary, text));
  return { path, bytes, nValues: 0, warnings: [] };
}
