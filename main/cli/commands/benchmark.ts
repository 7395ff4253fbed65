import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { viewBenchmark } from '../../core/benchmark/view-benchmark.ts';
import { renderScoreTableForTerminal } from '../../evaluate/score-table/render-terminal.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ImportResult, ScoreResult, TrainResult } from '../../jobs/job-results.ts';
import type { Project } from '../../projects/project.types.ts';
import { benchmarkSpecSchema, type BenchmarkRequest } from '../../protocols/benchmark-spec.ts';
import type { CliContext, GlobalOptions } from '../cli-context.ts';
import type { Register } from '../program.ts';

interface BenchmarkCommandOptions extends GlobalOptions {
  project: string;
  table: 'text' | 'csv' | 'latex';
}

/** A dataset of the file may be one of the project, by number or name, or a file to import first. */
const datasetSchema = z.union([
  z.strictObject({
    dataset: z.union([z.int().min(1), z.string().min(1)]),
    recipe: z.string().optional(),
    labels: z.string().optional(),
  }),
  z.strictObject({
    /** Relative to the file of the benchmark. */
    path: z.string().min(1),
    name: z.string().optional(),
    options: z.record(z.string(), z.string()).default({}),
    labelsFile: z.string().optional(),
    recipe: z.string().optional(),
    labels: z.string().optional(),
  }),
]);
const fileSchema = benchmarkSpecSchema.extend({ datasets: z.array(datasetSchema).min(1) });
type BenchmarkFile = z.infer<typeof fileSchema>;

export const registerBenchmark: Register = (program, run) => {
  program
    .command('benchmark')
    .argument('<spec>', 'JSON file: datasets, methods, protocols, seeds')
    .requiredOption('--project <file>', 'project file; made when it does not exist')
    .option('--table <kind>', 'text, csv or latex', 'text')
    .description('train methods on datasets under protocols, score what was held out, print the table')
    .addHelpText(
      'after',
      `
The file, for example:
  {
    "datasets": [{ "path": "section.h5ad", "labels": "layer" }],
    "methods": [{ "method": "suica" }, { "method": "siren", "preset": "paper" }],
    "protocols": [{ "kind": "spatial-imputation", "trainShare": 0.8 }, { "kind": "gene-imputation" }],
    "seeds": [1, 2, 3]
  }
Protocols: spatial-imputation (trainShare, testShare), gene-imputation (mutedShare), gaussian-noise (sd),
thinning (keptShare), likelihood (heldOutShare; count models), clustering. The floors (mean of all, mean of the 10 nearest) always run, unless "floors" is false.
Run it again with the same project to go on where it stopped.`,
    )
    .action((path: string, options: BenchmarkCommandOptions) =>
      run(options, async (context) => {
        if (!['text', 'csv', 'latex'].includes(options.table))
          throw new LacunaError('bad-option', `There is no table '${options.table}'.`, 'Choose text, csv or latex.');
        const file = readSpec(path);
        const project = context.openOrCreateProject(options.project);
        const spec = await withDatasets(context, project, file, dirname(resolve(path)));
        const studyId = await runBenchmark(context, project, spec);
        const { runIds, table, texts } = viewBenchmark(project, studyId);
        const rows = project.scores.list({ runIds });
        const failed = runIds.map((id) => project.runs.get(id)).filter(({ state }) => state !== 'done');
        for (const { name, state, error } of failed) context.say(`${name} is ${state}. ${error?.what ?? ''}`);
        context.print(
          {
            study: studyId,
            runs: runIds,
            table,
            rows,
            unfinished: failed.map(({ id, state }) => ({ run: id, state })),
          },
          options.table === 'csv'
            ? texts.csv.trimEnd()
            : options.table === 'latex'
              ? texts.latex.trimEnd()
              : renderScoreTableForTerminal(table).trimEnd(),
        );
        if (failed.length > 0)
          throw new LacunaError(
            'internal',
            `${failed.length} of ${runIds.length} runs did not finish; their reasons stand above.`,
            'Run the same command again to try them once more.',
          );
      }),
    );
};

/** Goes on with the benchmark of the same spec where the project has one. */
async function runBenchmark(context: CliContext, project: Project, spec: BenchmarkRequest): Promise<number> {
  const complete = benchmarkSpecSchema.parse(spec);
  const before = project.studies
    .list('benchmark')
    .find((study) => JSON.stringify(benchmarkSpecSchema.parse(study.spec)) === JSON.stringify(complete));
  const started = before
    ? { study: before, jobs: context.core.resumeBenchmark(project, before.id), notes: [] }
    : context.core.startBenchmark(project, complete);
  if (before) context.say(`Going on with "${before.title}": ${started.jobs.length} jobs are left.`);
  for (const note of started.notes) context.say(`Note: ${note}`);
  for (const [at, job] of started.jobs.entries()) {
    context.say(`[${at + 1}/${started.jobs.length}] ${job.title}`);
    try {
      const result = await context.waitFor<TrainResult | ScoreResult>(job);
      for (const note of 'notes' in result ? result.notes : result.warnings) context.say(`Note: ${note}`);
    } catch (thrown) {
      const error = LacunaError.from(thrown);
      // One method that fails must not cost the others; Ctrl-C ends it all.
      if (error.code === 'cancelled') throw error;
      context.say(`${error.message} ${error.remedy}`);
    }
  }
  return started.study.id;
}

function readSpec(path: string): BenchmarkFile {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, 'utf8'));
  } catch (thrown) {
    if (thrown instanceof SyntaxError)
      throw new LacunaError('bad-file', `${path} is not JSON: ${thrown.message}.`, 'Correct the file.');
    throw LacunaError.from(thrown);
  }
  const parsed = fileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new LacunaError(
    'bad-option',
    `${path} does not describe a benchmark. ${issues.slice(0, 5).join('; ')}.`,
    '`lacuna benchmark --help` shows an example.',
  );
}

/** Imports what is not in the project yet, and turns names into numbers. */
async function withDatasets(
  context: CliContext,
  project: Project,
  { datasets, ...rest }: BenchmarkFile,
  folder: string,
): Promise<BenchmarkRequest> {
  const chosen: BenchmarkRequest['datasets'] = [];
  for (const entry of datasets) {
    const { recipe, labels } = entry;
    chosen.push({ dataset: await datasetOf(context, project, entry, folder), recipe, labels });
  }
  return { ...rest, datasets: chosen };
}

async function datasetOf(
  context: CliContext,
  project: Project,
  entry: BenchmarkFile['datasets'][number],
  folder: string,
): Promise<number> {
  const there = project.datasets.list();
  if ('dataset' in entry) {
    const found = there.find(({ id, name }) => id === entry.dataset || name === entry.dataset);
    if (found) return found.id;
    throw new LacunaError(
      'not-found',
      `The project has no dataset ${typeof entry.dataset === 'string' ? `"${entry.dataset}"` : entry.dataset}.`,
      there.length === 0
        ? 'Give a path instead, to import one.'
        : `It has: ${there.map(({ id, name }) => `${id} ${name}`).join(', ')}.`,
    );
  }
  const path = resolve(folder, entry.path);
  const same = there.find(
    ({ provenance, name }) =>
      provenance.path === path &&
      (entry.name === undefined || name === entry.name) &&
      Object.entries(entry.options).every(
        ([key, value]) => (provenance.options as Record<string, unknown> | undefined)?.[key] === value,
      ),
  );
  if (same) return same.id;
  const result = await context.waitFor<ImportResult>(
    context.core.importInto(project, {
      paths: [path],
      options: entry.options,
      labelsPath: entry.labelsFile && resolve(folder, entry.labelsFile),
      name: entry.name,
    }),
  );
  return result.datasets[0].id;
}
