import { methodsParagraph } from '../export/methods-text/methods-paragraph.ts';
import { reportJson } from '../export/methods-text/report-json.ts';
import { describeRun } from '../jobs/tasks/export/write-report.ts';
import { finishedRun } from '../jobs/tasks/finished-run.ts';
import type { Project } from '../projects/project.types.ts';

/** The report of a run as texts, to be read before it is saved. */
export interface RunReport {
  /** Methods paragraph with references, Markdown. */
  paragraph: string;
  /** Every setting, seed and version. */
  json: string;
}

/**
 * What a report export would write, without writing it.
 *
 * @throws LacunaError `not-found`, `bad-request` while the run is not finished
 */
export function runReport(project: Project, runId: number): RunReport {
  const description = describeRun(project, finishedRun(project, runId));
  return { paragraph: methodsParagraph(description), json: reportJson([description]) };
}
