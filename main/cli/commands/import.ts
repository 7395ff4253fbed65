import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { groupTables } from '../../contract/words/group-tables.ts';
import type { LacunaCore } from '../../core/lacuna-core.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { openProteinFile } from '../../formats/proteins/protein-file.ts';
import type { ImportResult, LabelsMatch, ProteinsMatch } from '../../jobs/job-results.ts';
import { parseAssignment, type GlobalOptions } from '../cli-context.ts';
import { formatCount, formatPercent } from '../output/number-format.ts';
import type { Register } from '../program.ts';

interface ImportCommandOptions extends GlobalOptions {
  project: string;
  labels?: string;
  protein?: string;
  format?: string;
  name?: string;
}

export const registerImport: Register = (program, run) => {
  program
    .command('import')
    .argument('<path...>', 'files or folders; and option=value for the choices that `inspect` lists')
    .requiredOption('--project <file>', 'project file; made when it does not exist')
    .option('--labels <csv>', 'CSV or TSV with annotations of the cells, joined by barcode')
    .option('--protein <file>', 'file with surface proteins (ADT) of the same cells, joined by barcode')
    .option('--format <id>', 'take the files for this format instead of finding out')
    .option('--name <name>', 'name of the dataset')
    .description('bring a dataset into a project (all of it, or nothing)')
    .action((words: string[], options: ImportCommandOptions) =>
      run(options, async (context) => {
        const { paths: given, assignments } = splitArguments(words);
        // Looking first: a wrong file must not leave an empty project behind.
        const importOptions = Object.fromEntries(assignments);
        const { paths, tables } = await groupedPaths(context.core, given, importOptions);
        Object.assign(importOptions, tables);
        for (const path of paths) await context.core.inspect(path, { format: options.format, options: importOptions });
        if (options.protein !== undefined) (await openProteinFile(resolve(options.protein))).close();
        const project = context.openOrCreateProject(options.project);
        const result = await context.waitFor<ImportResult>(
          context.core.importInto(project, {
            paths,
            format: options.format,
            options: importOptions,
            labelsPath: options.labels,
            proteinPath: options.protein,
            name: options.name,
          }),
        );
        context.print({ project: project.path, ...result }, importText(project.path, result));
      }),
    );
};

/**
 * Tables that belong together are one dataset: counts, and the positions given with them.
 * @returns the paths to import, and the options that bring positions from another folder
 */
async function groupedPaths(
  core: LacunaCore,
  given: string[],
  options: Record<string, string>,
): Promise<{ paths: string[]; tables: Record<string, string> }> {
  const tables = given.filter((path) => /\.(csv|tsv|txt|tab)(\.gz)?$/i.test(path));
  if (tables.length < 2) return { paths: given, tables: {} };
  const { groups, rest } = await groupTables(
    tables.map((path) => resolve(path)),
    (path, more = {}) => core.inspect(path, { options: { ...options, ...more } }),
  );
  const paths = [...given.filter((path) => !tables.includes(path)), ...groups.map(({ path }) => path), ...rest];
  return { paths, tables: Object.assign({}, ...groups.map((group) => group.options)) as Record<string, string> };
}

/** Existing paths are files even when their name has an equals sign. */
function splitArguments(given: string[]): { paths: string[]; assignments: [string, string][] } {
  const isAssignment = (text: string) => !existsSync(text) && /^[a-z][a-z0-9_-]*=/i.test(text);
  const paths = given.filter((text) => !isAssignment(text));
  if (paths.length === 0)
    throw new LacunaError('bad-option', 'No file to import was given.', 'Name a file or folder first.');
  return { paths, assignments: given.filter(isAssignment).map(parseAssignment) };
}

function importText(projectPath: string, result: ImportResult): string {
  const lines: string[] = [];
  for (const dataset of result.datasets) {
    lines.push(
      `Imported '${dataset.name}' as dataset ${dataset.id}: ${formatCount(dataset.nObs)} cells × ${formatCount(dataset.nVar)} genes, ` +
        `${formatCount(dataset.nnz)} nonzero (${formatPercent(dataset.nnz / (dataset.nObs * dataset.nVar))}).`,
    );
    for (const { nVar, nMeasured } of dataset.modalities)
      lines.push(`Proteins: ${formatCount(nVar)}, measured in ${formatCount(nMeasured)} cells, kept beside the genes.`);
  }
  for (const match of result.labels) lines.push(...labelLines(match));
  for (const match of result.proteins) lines.push(...proteinLines(match));
  for (const warning of result.warnings) lines.push(`Note: ${warning}`);
  lines.push(`Project: ${projectPath}`);
  return lines.join('\n');
}

function proteinLines(match: ProteinsMatch): string[] {
  const lines = [
    `Protein file: ${formatCount(match.matched)} of ${formatCount(match.nObs)} cells found in ${match.path}.`,
  ];
  if (match.missingFromFile.length > 0) lines.push(`  cells that it lacks: ${match.missingFromFile.join(', ')} …`);
  if (match.missingFromDataset.length > 0)
    lines.push(`  its cells that are not in the dataset: ${match.missingFromDataset.join(', ')} …`);
  return lines;
}

function labelLines(match: LabelsMatch): string[] {
  const lines = [
    `Labels: ${formatCount(match.matched)} of ${formatCount(match.nObs)} cells found in ${match.path} (${match.columns.join(', ')}).`,
  ];
  if (match.missingFromFile.length > 0)
    lines.push(`  cells without a line there: ${match.missingFromFile.join(', ')} …`);
  if (match.missingFromDataset.length > 0)
    lines.push(`  lines without a cell here: ${match.missingFromDataset.join(', ')} …`);
  return lines;
}
