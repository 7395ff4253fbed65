import { existsSync } from 'node:fs';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ImportResult, LabelsMatch } from '../../jobs/job-results.ts';
import { parseAssignment, type GlobalOptions } from '../cli-context.ts';
import { formatCount, formatPercent } from '../output/number-format.ts';
import type { Register } from '../program.ts';

interface ImportCommandOptions extends GlobalOptions {
  project: string;
  labels?: string;
  format?: string;
  name?: string;
}

export const registerImport: Register = (program, run) => {
  program
    .command('import')
    .argument('<path...>', 'files or folders; and option=value for the choices that `inspect` lists')
    .requiredOption('--project <file>', 'project file; made when it does not exist')
    .option('--labels <csv>', 'CSV or TSV with annotations of the cells, joined by barcode')
    .option('--format <id>', 'take the files for this format instead of finding out')
    .option('--name <name>', 'name of the dataset')
    .description('bring a dataset into a project (all of it, or nothing)')
    .action((given: string[], options: ImportCommandOptions) =>
      run(options, async (context) => {
        const { paths, assignments } = splitArguments(given);
        // Looking first: a wrong file must not leave an empty project behind.
        const importOptions = Object.fromEntries(assignments);
        for (const path of paths) await context.core.inspect(path, { format: options.format, options: importOptions });
        const project = context.openOrCreateProject(options.project);
        const result = await context.waitFor<ImportResult>(
          context.core.importInto(project, {
            paths,
            format: options.format,
            options: importOptions,
            labelsPath: options.labels,
            name: options.name,
          }),
        );
        context.print({ project: project.path, ...result }, importText(project.path, result));
      }),
    );
};

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
  }
  for (const match of result.labels) lines.push(...labelLines(match));
  for (const warning of result.warnings) lines.push(`Note: ${warning}`);
  lines.push(`Project: ${projectPath}`);
  return lines.join('\n');
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
