import { dirname } from 'node:path';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import { joinLabels, readLabels } from '../../formats/labels/labels.ts';
import type { DatasetPart } from '../../formats/format-reader.ts';
import { joinProteins } from '../../formats/proteins/join-proteins.ts';
import { openProteinFile, type ProteinFile } from '../../formats/proteins/protein-file.ts';
import { openPath, splitPath } from '../../formats/registry.ts';
import type { DatasetInfo } from '../../projects/project.types.ts';
import type { ImportResult, LabelsMatch, ProteinsMatch } from '../job-results.ts';
import type { ImportSpec } from '../job-spec.ts';
import { addChecksums } from './file-checksums.ts';
import type { JobContext } from './job-context.ts';

/**
 * Brings files into the project, one dataset each; of a folder with several tissue sections one dataset per section.
 * When one of them fails, or the person cancels, none stays.
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
  const result: ImportResult = { datasets: [], labels: [], proteins: [], warnings: [] };
  try {
    for (const path of spec.paths) {
      const parts = await splitPath(path, { format: spec.format, options: spec.options });
      for (const part of parts) {
        throwIfCancelled(context.signal);
        result.datasets.push(await importOne(part, nameOf(part, parts, spec), spec, context, result));
      }
    }
    return result;
  } catch (thrown) {
    for (const dataset of result.datasets) context.project.datasets.remove(dataset.id);
    throw thrown;
  }
}

/** The name that was asked for; with the section's, where it goes to several. */
function nameOf(part: DatasetPart, parts: readonly DatasetPart[], spec: ImportSpec): string | undefined {
  return spec.name === undefined || parts.length === 1 ? spec.name : `${spec.name} ${part.label}`;
}

async function importOne(
  part: DatasetPart,
  name: string | undefined,
  spec: ImportSpec,
  context: JobContext,
  result: ImportResult,
): Promise<DatasetInfo> {
  const task = {
    signal: context.signal,
    report: context.report,
    scratchFolder: dirname(context.project.path),
  };
  const source = await openPath(part.path, { format: spec.format, options: part.options }, task);
  let proteins: ProteinFile | null = null;
  try {
    if (name !== undefined) source.name = name;
    if (spec.labelsPath !== undefined) {
      const match = joinLabels(source, await readLabels(spec.labelsPath, task));
      result.labels.push(match satisfies LabelsMatch);
    }
    if (spec.proteinPath !== undefined) {
      proteins = await openProteinFile(spec.proteinPath, task);
      result.proteins.push(joinProteins(source, proteins) satisfies ProteinsMatch);
    }
    await addChecksums(source.provenance, task);
    const dataset = await context.project.datasets.import(source, task);
    const { warnings } = source.provenance;
    const about = part.label === '' ? '' : `${dataset.name}: `;
    if (Array.isArray(warnings)) result.warnings.push(...warnings.map((warning) => `${about}${String(warning)}`));
    return dataset;
  } finally {
    proteins?.close();
    source.close();
  }
}
