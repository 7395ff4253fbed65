import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import { joinLabels, readLabels } from '../../formats/labels/labels.ts';
import { openPath } from '../../formats/registry.ts';
import type { DatasetInfo } from '../../projects/project.types.ts';
import type { ImportResult, LabelsMatch } from '../job-results.ts';
import type { ImportSpec } from '../job-spec.ts';
import type { JobContext } from './job-context.ts';

/**
 * Brings files into the project, one dataset each. When one of them fails, or the person cancels, none stays.
 *
 * @throws LacunaError `unknown-format`, `bad-file`, `truncated-file`, `bad-option`, `not-found`, `cancelled` …
 */
export async function importFiles(spec: ImportSpec, context: JobContext): Promise<ImportResult> {
  if (spec.name !== undefined && spec.paths.length > 1) {
    throw new LacunaError(
      'bad-option',
      `${spec.paths.length} files cannot all be called "${spec.name}".`,
      'Import them one by one, or leave the name out.',
    );
  }
  const result: ImportResult = { datasets: [], labels: [], warnings: [] };
  try {
    for (const path of spec.paths) {
      throwIfCancelled(context.signal);
      result.datasets.push(await importOne(path, spec, context, result));
    }
    return result;
  } catch (thrown) {
    for (const dataset of result.datasets) context.project.datasets.remove(dataset.id);
    throw thrown;
  }
}

async function importOne(
  path: string,
  spec: ImportSpec,
  context: JobContext,
  result: ImportResult,
): Promise<DatasetInfo> {
  const task = { signal: context.signal, report: context.report };
  const source = await openPath(path, { format: spec.format, options: spec.options }, task);
  try {
    if (spec.name !== undefined) source.name = spec.name;
    if (spec.labelsPath !== undefined) {
      const match = joinLabels(source, await readLabels(spec.labelsPath, task));
      result.labels.push(match satisfies LabelsMatch);
    }
    const dataset = await context.project.datasets.import(source, task);
    const { warnings } = source.provenance;
    if (Array.isArray(warnings)) result.warnings.push(...warnings.map(String));
    return dataset;
  } finally {
    source.close();
  }
}
