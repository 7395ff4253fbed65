import type { Command } from 'commander';
import { buildScoreTable } from '../../evaluate/score-table/build-score-table.ts';
import { renderScoreTableDelimited } from '../../evaluate/score-table/render-delimited.ts';
import { renderScoreTableForTerminal } from '../../evaluate/score-table/render-terminal.ts';
import type { ScoreTable } from '../../evaluate/score-table/score-table.types.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ScoreResult } from '../../jobs/job-results.ts';
import { methods } from '../../methods/registry.ts';
import { floorMethods } from '../../methods/floor-methods.ts';
import type { Project } from '../../projects/project.types.ts';
import { parseNumber, parseWhole, type CliContext, type GlobalOptions } from '../cli-context.ts';
import type { Register } from '../program.ts';

interface ScoreCommandOptions extends GlobalOptions {
  project: string;
  run: string[];
  labels?: string;
  batch?: string;
  spaces: string;
  clusterings: string;
  k?: string;
  resolution: string;
  seed: string;
  csv?: boolean;
}

export const registerScore: Register = (program, run) => {
  program
    .command('score')
    .requiredOption('--project <file>', 'project file')
    .option('--run <number>', 'a run; may be repeated; every finished one when left out', collect, [])
    .option('--labels <column>', "annotation to compare with; the dataset's best when left out")
    .option(
      '--batch <column>',
      'how well the runs mix the batches of this annotation, in place of clusters: iLISI, silhouette, kBET',
    )
    .option(
      '--spaces <list>',
      'latent, denoised, data, tsne-2d, tsne-3d, umap-2d, umap-3d; separated by commas',
      'latent,tsne-2d',
    )
    .option('--clusterings <list>', 'kmeans, leiden; separated by commas', 'kmeans')
    .option('--k <number>', 'clusters of k-means; the number of labels when left out')
    .option('--resolution <number>', 'resolution of Leiden', '1')
    .option('--seed <number>', 'seed of embedding and clustering', '1')
    .option('--csv', 'print the table as CSV')
    .description('cluster the runs and compare with the labels; prints the table (mean ± sd over seeds)')
    .action((options: ScoreCommandOptions, command: Command) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const runIds = options.run.map((text) => parseWhole('--run', text, 1));
        if (options.batch !== undefined) {
          const spaces = command.getOptionValueSource('spaces') === 'cli' ? splitList(options.spaces) : ['latent'];
          const job = context.core.checkBatches(project, {
            runIds: runIds.length === 0 ? undefined : runIds,
            batch: options.batch,
            labels: options.labels,
            spaces,
            seed: parseWhole('--seed', options.seed, 0),
          });
          print(context, project, await context.waitFor<ScoreResult>(job), options);
          return;
        }
        const job = context.core.score(project, {
          runIds: runIds.length === 0 ? undefined : runIds,
          labels: options.labels,
          spaces: splitList(options.spaces),
          clusterings: splitList(options.clusterings).map(clusteringOf),
          k: options.k === undefined ? null : parseWhole('--k', options.k, 1),
          resolution: parseNumber('--resolution', options.resolution),
          seed: parseWhole('--seed', options.seed, 0),
        });
        print(context, project, await context.waitFor<ScoreResult>(job), options);
      }),
    );
};

function print(context: CliContext, project: Project, result: ScoreResult, options: ScoreCommandOptions): void {
  for (const note of result.notes) context.say(`Note: ${note}`);
  const table = scoreTable(project, result.rows);
  context.print(
    { labels: result.labels, rows: result.rows, table },
    options.csv ? renderScoreTableDelimited(table, ',').trimEnd() : renderScoreTableForTerminal(table),
  );
}

/** Scores of a project as the table that every face of Lacuna shows. */
export function scoreTable(project: Project, rows: ScoreResult['rows']): ScoreTable {
  return buildScoreTable({
    scores: rows,
    runs: project.runs.list(),
    datasetNames: new Map(project.datasets.list().map((dataset) => [dataset.id, dataset.name])),
    methodTitles: new Map(methods.map((method) => [method.id, method.title])),
    floorMethods,
  });
}

function clusteringOf(name: string): 'kmeans' | 'leiden' {
  if (name === 'kmeans' || name === 'leiden') return name;
  throw new LacunaError('bad-option', `There is no clustering '${name}'.`, 'Choose kmeans or leiden.');
}

function splitList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
