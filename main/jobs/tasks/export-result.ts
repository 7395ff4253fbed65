import { basename, extname } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ExportResult as Written } from '../../export/export-source.ts';
import type { RunInfo } from '../../projects/project.types.ts';
import { EXPORT_FORMATS } from '../export-request.ts';
import type { ExportFormat } from '../export-request.ts';
import type { ExportResult } from '../job-results.ts';
import type { ExportSpec } from '../job-spec.ts';
import { finishedRun } from './finished-run.ts';
import type { JobContext } from './job-context.ts';

/**
 * Writes a result to a file (or a folder, for mtx): all of it or nothing.
 *
 * @throws LacunaError `bad-option` for a format that does not fit or a target that exists, `bad-request`, `cancelled`,
 *   `disk-full`, `no-access`
 */
export async function exportResult(spec: ExportSpec, context: JobContext): Promise<ExportResult> {
  const format = formatOf(spec);
  const written = await write(spec, format, context);
  return { files: [written.path], bytes: written.bytes, notes: written.warnings };
}

async function write(spec: ExportSpec, format: ExportFormat, context: JobContext): Promise<Written> {
  switch (spec.what) {
    case 'denoised':
      return (await import('./export/write-denoised.ts')).writeDenoised(spec, format, runOf(spec, context), context);
    case 'latent':
    case 'embedding':
    case 'clusters':
      return (await import('./export/write-table.ts')).writeTable(spec, format, runOf(spec, context), context);
    case 'scores':
      return (await import('./export/write-scores.ts')).writeScores(spec, format, context);
    case 'figure':
      return (await import('./export/write-figure.ts')).writeFigure(spec, context);
    case 'compressed':
      return (await import('./export/write-compressed.ts')).writeCompressed(spec, context);
    case 'report':
      if (format === 'html')
        return (await import('./export/write-project-report.ts')).writeProjectReport(spec, context);
      return (await import('./export/write-report.ts')).writeReport(spec, format, runOf(spec, context), context);
  }
}

function runOf(spec: ExportSpec, context: JobContext): RunInfo {
  if (spec.runId === null)
    throw new LacunaError('bad-request', `No run was named for the export of ${spec.what}.`, 'Name a finished run.');
  return finishedRun(context.project, spec.runId);
}

/** The format that was asked for, else by the ending of the target, else the first of its kind. */
function formatOf(spec: ExportSpec): ExportFormat {
  const known: readonly ExportFormat[] = EXPORT_FORMATS[spec.what];
  const ending = extname(basename(spec.out).replace(/\.gz$/, '')).slice(1).toLowerCase();
  const format =
    spec.format ??
    known.find((candidate) => candidate === ending) ??
    (ending === '' ? (spec.what === 'denoised' ? 'mtx' : known[0]) : undefined);
  if (format !== undefined && known.includes(format)) return format;
  throw new LacunaError(
    'bad-option',
    `${spec.what} cannot be exported as "${format ?? ending}"; expected ${known.join(', ')}.`,
    'Choose one of these formats.',
    { formats: [...known] },
  );
}
