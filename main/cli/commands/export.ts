import { LacunaError } from '../../errors/lacuna-error.ts';
import { exportFormatSchema, exportRequestSchema, exportWhatSchema, figureSchema } from '../../jobs/export-request.ts';
import type { ExportResult } from '../../jobs/job-results.ts';
import { parseWhole, type GlobalOptions } from '../cli-context.ts';
import { formatBytes } from '../output/number-format.ts';
import type { Register } from '../program.ts';

interface ExportCommandOptions extends GlobalOptions {
  project: string;
  run?: string;
  what: string;
  format?: string;
  out: string;
  scale: string;
  values: string;
  dropout?: boolean;
  figure: string;
  embedding: string;
  space: string;
  colour?: string;
  metric?: string;
  title?: string;
  overwrite?: boolean;
}

export const registerExport: Register = (program, run) => {
  program
    .command('export')
    .requiredOption('--project <file>', 'project file')
    .requiredOption('--what <what>', exportWhatSchema.options.join(' | '))
    .requiredOption('--out <path>', 'file (or folder, for mtx) to write')
    .option('--run <number>', 'run; the newest finished one when left out')
    .option('--format <format>', `${exportFormatSchema.options.join(' | ')}; by the ending of --out when left out`)
    .option('--scale <scale>', 'denoised values as model | log | normalised | counts', 'log')
    .option('--values <values>', 'denoised | rate (library size taken out) | corrected (for covariates)', 'denoised')
    .option('--dropout', 'an .h5ad also gets the dropout probabilities, as a layer')
    .option('--figure <figure>', figureSchema.options.join(' | '), 'embedding')
    .option('--embedding <kind>', 'tsne-2d, tsne-3d, umap-2d, umap-3d, pca-2d, pca-3d', 'tsne-2d')
    .option('--space <space>', 'what the embedding pictures: latent | denoised | data', 'latent')
    .option('--colour <what>', 'annotation, gene:NAME or cluster; the labels when left out')
    .option('--metric <metric>', 'metric of the scores figure')
    .option('--title <text>', 'title of the figure')
    .option('--overwrite', 'replace what is there')
    .description('write results to files that other programs read')
    .action((options: ExportCommandOptions) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const parsed = exportRequestSchema.safeParse({
          what: options.what,
          format: options.format,
          out: options.out,
          overwrite: options.overwrite ?? false,
          runId: options.run === undefined ? null : parseWhole('--run', options.run, 1),
          scale: options.scale,
          values: options.values,
          dropout: options.dropout ?? false,
          figure: options.figure,
          embedding: { ...embeddingOf(options.embedding), space: options.space },
          colour: options.colour,
          ...(options.metric === undefined ? {} : { metric: options.metric }),
          title: options.title,
        });
        if (!parsed.success) {
          const issue = parsed.error.issues[0];
          throw new LacunaError(
            'bad-option',
            `--${issue.path.join('.')}: ${issue.message}.`,
            'See lacuna export --help.',
          );
        }
        const result = await context.waitFor<ExportResult>(context.core.export(project, parsed.data));
        for (const note of result.notes) context.say(`Note: ${note}`);
        context.print(
          result,
          `Written (${formatBytes(result.bytes)}):\n${result.files.map((file) => `  ${file}`).join('\n')}`,
        );
      }),
    );
};

function embeddingOf(text: string): { method: string; nDim: number } {
  const match = /^(pca|umap|tsne)-([23])d$/.exec(text);
  if (match === null) {
    throw new LacunaError(
      'bad-option',
      `There is no embedding '${text}'.`,
      'Choose tsne-2d, tsne-3d, umap-2d, umap-3d, pca-2d or pca-3d.',
    );
  }
  return { method: match[1], nDim: Number(match[2]) };
}
