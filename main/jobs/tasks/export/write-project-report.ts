import { writeFile } from 'node:fs/promises';
import { writeFileAtomically } from '../../../export/atomic-target.ts';
import type { ExportResult } from '../../../export/export-source.ts';
import { reportHtml } from '../../../export/report/report-html.ts';
import type { ExportSpec } from '../../job-spec.ts';
import type { JobContext } from '../job-context.ts';
import { gatherReport } from '../report/gather-report.ts';

/** The report of the project as one page of HTML that needs nothing else. */
export async function writeProjectReport(spec: ExportSpec, context: JobContext): Promise<ExportResult> {
  const choice = { datasetIds: spec.reportDatasets, runIds: spec.reportRuns };
  const data = await gatherReport(context, choice, new Date().toISOString());
  const bytes = await writeFileAtomically(spec.out, spec.overwrite, (temporary) =>
    writeFile(temporary, reportHtml(data)),
  );
  return { path: spec.out, bytes, nValues: 0, warnings: data.notes };
}
