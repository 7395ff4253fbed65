import { writeFile } from 'node:fs/promises';
import { writeFileAtomically } from '../atomic-target.ts';
import type { ExportOptions, ExportResult } from '../export-source.ts';

/** Writes a figure, all or nothing. @throws LacunaError `bad-option`, `no-access`, `disk-full` */
export async function writeSvg(path: string, svg: string, options: ExportOptions = {}): Promise<ExportResult> {
  const bytes = await writeFileAtomically(path, options.overwrite ?? false, (temporary) => writeFile(temporary, svg));
  return { path, bytes, nValues: 0, warnings: [] };
}
