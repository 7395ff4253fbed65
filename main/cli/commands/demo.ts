import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ExportResult, ImportResult, ScoreResult, TrainResult } from '../../jobs/job-results.ts';
import { renderScoreTableForTerminal } from '../../evaluate/score-table/render-terminal.ts';
import { simulate } from '../../simulate/simulate.ts';
import { writeSimulated } from '../../simulate/write-simulated.ts';
import { parseWhole, type CliContext, type GlobalOptions } from '../cli-context.ts';
import { formatCount, formatSeconds } from '../output/number-format.ts';
import type { Register } from '../program.ts';
import { scoreTable } from './score.ts';

interface DemoOptions extends GlobalOptions {
  out: string;
  seed: string;
}

/** What the demo trains: the floors and every kind of method, each with its default preset. */
const methods = ['train-mean', 'knn-10', 'pca', 'ae', 'vae'];

export const registerDemo: Register = (program, run) => {
  program
    .command('demo')
    .option('--out <folder>', 'where the files go', 'demo-output')
    .option('--seed <number>', 'seed of the tissue and of the methods', '1')
    .description('walk the whole path on a simulated tissue: simulate, import, train, score, export')
    .action((options: DemoOptions) => run(options, (context) => demo(context, options)));
};

async function demo(context: CliContext, options: DemoOptions): Promise<void> {
  const begin = performance.now();
  const folder = resolve(options.out);
  const seed = parseWhole('--seed', options.seed, 0);
  const file = join(folder, 'tissue.h5ad');
  const projectFile = join(folder, 'demo.lacuna');
  clear(folder, [file, projectFile]);

  context.say('1/5 Simulating a tissue');
  await writeSimulated(file, simulate({ spatial: true, seed }));

  context.say('2/5 Importing it into a project');
  const project = context.core.createProject(projectFile, 'Simulated tissue');
  const imported = await context.waitFor<ImportResult>(context.core.importInto(project, { paths: [file] }));
  const [dataset] = imported.datasets;
  context.say(`    ${formatCount(dataset.nObs)} spots × ${formatCount(dataset.nVar)} genes`);

  context.say('3/5 Training');
  for (const method of methods) {
    const { job, run } = context.core.startRun(project, { method, seed });
    const result = await context.waitFor<TrainResult>(job);
    context.say(`    ${run.name}: ${formatSeconds(result.wallSeconds)}`);
  }

  context.say('4/5 Scoring');
  const score = await context.waitFor<ScoreResult>(
    context.core.score(project, { spaces: ['latent', 'denoised', 'tsne-2d'], seed }),
  );

  context.say('5/5 Exporting');
  const best = project.runs.list().findLast((candidate) => candidate.method === 'ae');
  const exports = [
    { what: 'denoised', out: 'denoised.h5ad' },
    { what: 'latent', out: 'latent.csv' },
    { what: 'figure', out: 'tsne.svg' },
    { what: 'figure', figure: 'losses', out: 'losses.svg' },
    { what: 'figure', figure: 'scores', out: 'scores.svg' },
    { what: 'scores', out: 'scores.csv' },
    { what: 'report', out: 'methods.md' },
  ] as const;
  const files = [file, projectFile];
  for (const { out, ...request } of exports) {
    // Scores are of all runs; everything else is of the autoencoder.
    const runId = out.startsWith('scores') ? null : (best?.id ?? null);
    const job = context.core.export(project, { ...request, out: join(folder, out), runId, overwrite: true });
    files.push(...(await context.waitFor<ExportResult>(job)).files);
  }
  const seconds = (performance.now() - begin) / 1000;
  context.print(
    { seconds, rows: score.rows, files },
    `${renderScoreTableForTerminal(scoreTable(project, score.rows))}\n\nDone in ${formatSeconds(seconds)}. The files are in ${folder}:\n${files
      .map((path) => `  ${path.slice(folder.length + 1)}`)
      .join('\n')}\n\nNext: npm run -s lacuna -- info --project ${projectFile}`,
  );
}

/** Removes what an earlier demo left, and nothing else: a folder with other things in it is refused. */
function clear(folder: string, ours: string[]): void {
  if (existsSync(folder) && !existsSync(join(folder, 'demo.lacuna')) && !existsSync(join(folder, 'tissue.h5ad'))) {
    throw new LacunaError(
      'bad-option',
      `${folder} exists and is not from an earlier demo.`,
      'Choose another folder with --out.',
    );
  }
  mkdirSync(folder, { recursive: true });
  for (const path of ours) rmSync(path, { force: true });
}
