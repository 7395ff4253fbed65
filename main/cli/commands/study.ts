import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Study, StudyRequest, StudyTable } from '../../contract/entities/study.ts';
import { studySpecSchema } from '../../contract/entities/study.ts';
import { listReadyStudies } from '../../core/studies/list-ready-studies.ts';
import { readyStudies } from '../../core/studies/ready-studies.ts';
import { studyCellText } from '../../core/studies/render-study-table.ts';
import { READY_STUDY } from '../../core/studies/study-runner.ts';
import { viewStudy } from '../../core/studies/view-study.ts';
import { planStudy } from '../../core/studies/plan-study.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ImportResult, ScoreResult, TrainResult } from '../../jobs/job-results.ts';
import type { JobInfo } from '../../jobs/job-info.ts';
import { canonicalJson } from '../../json/canonical-json.ts';
import type { Project } from '../../projects/project.types.ts';
import { parseAssignment, parseWhole, type CliContext, type GlobalOptions } from '../cli-context.ts';
import { textTable } from '../output/text-table.ts';
import type { Register } from '../program.ts';

interface StudyCommandOptions extends GlobalOptions {
  project?: string;
  data?: string;
  labels?: string;
  dataset?: string;
  column?: string;
  seeds: string;
  epochs?: string;
  choose: string[];
  scores: boolean;
  table: 'text' | 'csv' | 'latex';
  out?: string;
}

export const registerStudy: Register = (program, run) => {
  program
    .command('study')
    .argument('[study]', 'id of a ready-made study; left out: lists them')
    .option('--project <file>', 'project file; made when it does not exist')
    .option('--data <path>', 'file or folder to import first, unless the project has it')
    .option('--labels <csv>', 'with --data: CSV or TSV with annotations of the cells')
    .option('--dataset <number>', 'the dataset; the newest when left out')
    .option('--column <name>', "annotation with the known groups; the dataset's best when left out")
    .option('--seeds <list>', 'seeds, separated by commas', '1')
    .option('--epochs <number>', 'epochs of every network; as published when left out')
    .option('--choose <choice=values>', 'what is compared, as in preset=paper,code; may be repeated', collect, [])
    .option('--no-scores', 'train only: no pictures, no comparison with labels')
    .option('--table <kind>', 'text, csv or latex', 'text')
    .option('--out <folder>', 'writes every table (CSV, LaTeX) and every picture (SVG) there')
    .description('repeat the whole of a published comparison: train, picture, cluster, score, tabulate')
    .addHelpText(
      'after',
      `
Ready-made studies:
${readyStudies.map(({ id, title, choices }) => `  ${id}: ${title}\n${choices.map((choice) => `    ${choice.id}=${choice.values.map((value) => value.id).join(',')}`).join('\n')}`).join('\n')}

For example:
  lacuna study pbmc3k-report --project report.lacuna --data filtered_feature_bc_matrix.h5 --labels labels.csv
Run it again with the same project to go on where it stopped.`,
    )
    .action((id: string | undefined, options: StudyCommandOptions) =>
      run(options, async (context) => {
        if (id === undefined) return list(context, options);
        if (options.project === undefined)
          throw new LacunaError('bad-option', 'No project was named.', 'Add --project FILE.');
        if (!['text', 'csv', 'latex'].includes(options.table))
          throw new LacunaError('bad-option', `There is no table '${options.table}'.`, 'Choose text, csv or latex.');
        const project = context.openOrCreateProject(options.project);
        const dataset = await datasetOf(context, project, options);
        const study = await runStudy(context, project, {
          study: id,
          dataset,
          labels: options.column ?? null,
          seeds: options.seeds.split(',').map((text) => parseWhole('--seeds', text, 0)),
          scored: options.scores,
          epochs: options.epochs === undefined ? null : parseWhole('--epochs', options.epochs, 1),
          choices: Object.fromEntries(
            options.choose.map(parseAssignment).map(([choice, values]) => [choice, values.split(',')]),
          ),
        });
        const files = options.out === undefined ? [] : await writeAll(context, project, study, resolve(options.out));
        const { id: studyId, runs, tables, texts, remarks } = study;
        context.print(
          {
            study: studyId,
            runs: runs.map((one) => ({ run: one.id, name: one.name, state: one.state })),
            tables,
            remarks,
            files,
          },
          printed(study, texts, options.table),
        );
        for (const { run: runId, text } of remarks)
          context.say(`${runs.find((one) => one.id === runId)?.name ?? ''}: ${text}`);
        if (files.length > 0) context.say(`${files.length} files were written to ${resolve(options.out!)}.`);
      }),
    );
};

function list(context: CliContext, { project: path, dataset }: StudyCommandOptions): void {
  const facts = readyStudies.map(({ id, title, description, needs, choices }) => ({
    id,
    title,
    description,
    needs,
    choices,
  }));
  const known =
    path === undefined
      ? []
      : listReadyStudies(
          context.openProject(path),
          dataset === undefined ? undefined : parseWhole('--dataset', dataset, 1),
        );
  const lines = facts.flatMap(({ id, title, description, needs }) => {
    const found = known.find((study) => study.id === id);
    return [
      `${id}: ${title}`,
      `  ${description}`,
      ...needs.map((need) => `  Needs: ${need}`),
      ...(found?.reason ? [`  Not possible here: ${found.reason}`] : []),
      '',
    ];
  });
  context.print(facts, lines.join('\n').trimEnd());
}

/** Goes on with the study of the same spec where the project has one. */
async function runStudy(context: CliContext, project: Project, request: StudyRequest): Promise<Study> {
  const spec = studySpecSchema.parse(request);
  const { labels } = planStudy(project, spec);
  const wanted = canonicalJson({ ...spec, labels });
  const before = project.studies
    .list(READY_STUDY)
    .find((study) => canonicalJson(studySpecSchema.parse(study.spec)) === wanted);
  const { readyStudies: runner } = context.core;
  const started = before ? { study: before, jobs: runner.resume(project, before.id) } : runner.start(project, spec);
  if (before) context.say(`Going on with "${before.title}": ${started.jobs.length} jobs are left.`);
  await followAll(context, started.jobs);
  return viewStudy(project, started.study.id);
}

async function followAll(context: CliContext, jobs: readonly JobInfo[]): Promise<void> {
  for (const [at, job] of jobs.entries()) {
    context.say(`[${at + 1}/${jobs.length}] ${job.title}`);
    try {
      const result = await context.waitFor<TrainResult | ScoreResult>(job);
      for (const note of 'notes' in result ? result.notes : result.warnings) context.say(`Note: ${note}`);
    } catch (thrown) {
      const error = LacunaError.from(thrown);
      // A training that breaks down is a result of a study; Ctrl-C ends it all.
      if (error.code === 'cancelled') throw error;
      context.say(`${error.message} ${error.remedy}`);
    }
  }
}

async function datasetOf(context: CliContext, project: Project, options: StudyCommandOptions): Promise<number> {
  if (options.dataset !== undefined) return project.datasets.get(parseWhole('--dataset', options.dataset, 1)).id;
  if (options.data !== undefined) {
    const path = resolve(options.data);
    const there = project.datasets.list().find(({ provenance }) => provenance.path === path);
    if (there) return there.id;
    const result = await context.waitFor<ImportResult>(
      context.core.importInto(project, { paths: [path], labelsPath: options.labels }),
    );
    return result.datasets[0].id;
  }
  const newest = project.datasets.list().at(-1);
  if (newest) return newest.id;
  throw new LacunaError('not-found', 'The project has no dataset yet.', 'Name a file with --data, or import one.');
}

function printed(study: Study, texts: Study['texts'], kind: StudyCommandOptions['table']): string {
  if (kind !== 'text') return texts.map((text) => text[kind].trimEnd()).join('\n\n');
  return study.tables.map(tableText).join('\n\n');
}

function tableText(table: StudyTable): string {
  const rows = table.rows.map(({ head, cells, reference, broken }) => [
    ...head.map((text, at) => (at > 0 ? text : reference ? `(${text})` : broken ? `${text} broke down` : text)),
    ...cells.map((cell, at) => {
      const text = studyCellText(cell, table.columns[at]);
      return text === '' ? '–' : cell?.best ? `${text}*` : text;
    }),
  ]);
  const header = [...table.heads, ...table.columns.map(({ title }) => title)];
  return [table.title, textTable(header, rows, table.heads.length), ...(table.note === '' ? [] : [table.note])].join(
    '\n',
  );
}

/** Every table as CSV and LaTeX, every picture as SVG by label and, where it was clustered, by cluster. */
async function writeAll(context: CliContext, project: Project, study: Study, folder: string): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  study.tables.forEach(({ id }, at) => {
    for (const [ending, text] of [
      ['csv', study.texts[at].csv],
      ['tex', study.texts[at].latex],
    ]) {
      const path = join(folder, `${id}.${ending}`);
      writeFileSync(path, text);
      files.push(path);
    }
  });
  for (const picture of study.pictures) {
    const run = study.runs.find(({ id }) => id === picture.run);
    if (picture.embedding === null || run?.state !== 'done') continue;
    const parameters = project.embeddings.list(run.id).find(({ id }) => id === picture.embedding)!.parameters;
    const out = join(folder, `${fileName(run.name)}-${picture.space}.svg`);
    await context.waitFor(
      context.core.export(project, {
        what: 'figure',
        figure: 'embedding',
        out,
        overwrite: true,
        runId: run.id,
        colour: study.labels,
        title: run.name,
        embedding: { method: picture.kind, nDim: picture.nDim === 3 ? 3 : 2, parameters },
      }),
    );
    files.push(out);
  }
  return files;
}

function fileName(text: string): string {
  return text
    .toLowerCase()
    .replace(/β/g, 'beta')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
