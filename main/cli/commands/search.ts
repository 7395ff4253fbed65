import { readFileSync } from 'node:fs';
import { estimateSearch } from '../../core/search/estimate-search.ts';
import { planSearch } from '../../core/search/plan-search.ts';
import { savePreset } from '../../core/search/save-preset.ts';
import { viewSearch, type SearchView } from '../../core/search/view-search.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Project } from '../../projects/project.types.ts';
import { searchSpecSchema, type SearchSpec } from '../../search/search-spec.ts';
import { parseAssignment, parseWhole, type CliContext, type GlobalOptions } from '../cli-context.ts';
import { formatBytes, formatFigure, formatSeconds } from '../output/number-format.ts';
import { textTable } from '../output/text-table.ts';
import type { Register } from '../program.ts';
import { parseRange } from './parse-range.ts';

interface SearchCommandOptions extends GlobalOptions {
  project: string;
  dataset?: string;
  method?: string;
  preset?: string;
  set: string[];
  range: string[];
  trials?: string;
  sampler?: string;
  seed?: string;
  objective?: string;
  labels?: string;
  space?: string;
  pruning?: string;
  title?: string;
  savePreset?: string;
}

export const registerSearch: Register = (program, run) => {
  const collect = (value: string, previous: string[]): string[] => [...previous, value];
  program
    .command('search')
    .argument('[spec]', 'JSON file with the search; options win over what it says')
    .requiredOption('--project <file>', 'project file')
    .option('--dataset <number or name>', 'dataset; the newest when left out')
    .option('--method <id>', 'method, as `lacuna methods` lists them')
    .option('--preset <id>', "what all trials have in common; the method's first when left out")
    .option('--set <key=value>', 'a setting of all trials; may be repeated', collect, [])
    .option(
      '--range <key=range>',
      'a setting to search; may be repeated; left out: what the method suggests',
      collect,
      [],
    )
    .option('--trials <number>', 'how many sets of settings are tried (20)')
    .option('--sampler <kind>', 'tpe: guided by earlier trials; random (tpe)')
    .option('--seed <number>', 'seed of the proposals (1)')
    .option('--objective <kind>', 'held-out: loss of held-out cells; ari or nmi: agreement with labels (held-out)')
    .option('--labels <column>', 'obs column with the known groups, for ari and nmi')
    .option('--space <kind>', 'latent or denoised: where clusters are made, for ari and nmi')
    .option('--pruning <rule>', 'median, halving or none: stops trials that earlier ones have left behind')
    .option('--title <title>', 'name of the search')
    .option('--save-preset <title>', 'keep the best settings as a preset of the project')
    .description('search for good settings of a method, one trial after the other, and print them')
    .addHelpText(
      'after',
      `
Ranges: alphaZ=0.01..1,log   latentSize=2..64   inputDropout=0..0.8,step=0.1   hiddenLayers=64|128|128-32
The file, for example:
  {
    "method": "zipo", "dataset": 1, "trials": 40,
    "ranges": {
      "hiddenLayers": { "choices": ["512-256-128", "512-256-128-64"] },
      "alphaZ": { "low": 0.01, "high": 1, "log": true }
    },
    "pruning": { "kind": "median", "startTrials": 5, "warmUpEpochs": 5 }
  }
The first trial is the preset itself, unless the file says "startWithPreset": false.
Run the same again with the same project to go on where it stopped.
lacuna run --preset ID trains with settings that --save-preset kept.`,
    )
    .action((path: string | undefined, options: SearchCommandOptions) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const spec = readRequest(project, path, options);
        const studyId = await carryOut(context, project, spec);
        const view = viewSearch(project, studyId, false);
        const preset =
          options.savePreset === undefined || view.best === null
            ? null
            : savePreset(project, studyId, { title: options.savePreset });
        const { csv: _csv, ...result } = view;
        context.print({ study: studyId, ...result, preset }, tableOf(view));
        if (preset) context.say(`Kept as the preset '${preset.id}' of ${view.spec.method}.`);
        if (view.state !== 'done')
          throw new LacunaError(
            'cancelled',
            `The search was stopped after ${view.nOver} of ${view.spec.trials} trials.`,
            'Run the same command again to go on.',
          );
      }),
    );
};

function readRequest(project: Project, path: string | undefined, options: SearchCommandOptions): SearchSpec {
  const written = path === undefined ? {} : readFile(path);
  const method = options.method ?? (written.method as string | undefined);
  if (method === undefined)
    throw new LacunaError('bad-option', 'No method is named.', 'Name one with --method; `lacuna methods` lists them.');
  const given = Object.entries({
    method,
    preset: options.preset,
    trials: options.trials === undefined ? undefined : parseWhole('--trials', options.trials, 1),
    seed: options.seed === undefined ? undefined : parseWhole('--seed', options.seed, 0),
    sampler: options.sampler,
    pruning: options.pruning === undefined ? undefined : { kind: options.pruning },
    title: options.title,
    objective: objectiveOf(options),
    set: options.set.length === 0 ? undefined : Object.fromEntries(options.set.map(parseAssignment)),
    ranges:
      options.range.length === 0
        ? undefined
        : Object.fromEntries(options.range.map((text) => parseRange(method, text))),
  }).filter(([, value]) => value !== undefined);
  const dataset = datasetOf(project, options.dataset ?? (written.dataset as string | number | undefined));
  const parsed = searchSpecSchema.safeParse({ ...written, ...Object.fromEntries(given), dataset });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new LacunaError(
    'bad-option',
    `This does not describe a search. ${issues.slice(0, 5).join('; ')}.`,
    '`lacuna search --help` shows an example.',
  );
}

function readFile(path: string): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
  } catch (thrown) {
    if (thrown instanceof SyntaxError)
      throw new LacunaError('bad-file', `${path} is not JSON: ${thrown.message}.`, 'Correct the file.');
    throw LacunaError.from(thrown);
  }
}

function objectiveOf({ objective, labels, space }: SearchCommandOptions): Record<string, unknown> | undefined {
  if (objective === undefined && labels === undefined && space === undefined) return undefined;
  return {
    kind: objective ?? 'ari',
    ...(labels === undefined ? {} : { labels }),
    ...(space === undefined ? {} : { space }),
  };
}

function datasetOf(project: Project, wanted: string | number | undefined): number {
  const there = project.datasets.list();
  const found =
    wanted === undefined
      ? there.at(-1)
      : there.find(({ id, name }) => String(id) === String(wanted) || name === wanted);
  if (found) return found.id;
  throw new LacunaError(
    'not-found',
    wanted === undefined ? 'This project has no dataset yet.' : `The project has no dataset "${wanted}".`,
    there.length === 0 ? 'Import a file first.' : `It has: ${there.map(({ id, name }) => `${id} ${name}`).join(', ')}.`,
  );
}

/** Goes on with the search of the same spec where the project has one. */
async function carryOut(context: CliContext, project: Project, request: SearchSpec): Promise<number> {
  const { spec, notes } = planSearch(project, request);
  const { searches } = context.core;
  const same = project.studies
    .list('search')
    .find(
      (study) => JSON.stringify(searchSpecSchema.parse(study.spec)) === JSON.stringify(searchSpecSchema.parse(spec)),
    );
  if (same) {
    const { nOver } = viewSearch(project, same.id, false);
    context.say(`Going on with "${same.title}": ${nOver} of ${spec.trials} trials are over.`);
    searches.resume(project, same.id);
  } else {
    const { seconds, memoryBytes, objective } = estimateSearch(project, request);
    context.say(
      `${spec.trials} trials of ${Object.keys(spec.ranges).join(', ')}, judged by: ${objective.toLowerCase()}.`,
    );
    context.say(`About ${formatSeconds(seconds)} and ${formatBytes(memoryBytes)} of memory on this computer.`);
    for (const note of notes) context.say(`Note: ${note}`);
  }
  const studyId = same?.id ?? searches.start(project, request).id;
  // Lines and progress in the order of the trials.
  let told: Promise<unknown> = Promise.resolve();
  await searches.whenOver(project, studyId, ({ trial, job }) => {
    const { number, parameters, state, value, reason } = trial;
    if (job !== null) {
      const settings = Object.entries(parameters).map(([key, setting]) => `${key}=${String(setting)}`);
      const over = context.waitFor(job).catch(() => {});
      told = told
        .then(() => job.kind === 'train' && context.say(`[${number + 1}/${spec.trials}] ${settings.join(' ')}`))
        .then(() => over);
      return;
    }
    const best = viewSearch(project, studyId, true).best;
    told = told.then(() => {
      if (state === 'done') context.say(`  ${formatFigure(value ?? NaN)}${best === number ? ', the best so far' : ''}`);
      else context.say(`  ${state}: ${reason ?? ''}`);
    });
  });
  await told;
  return studyId;
}

function tableOf({ trials, best, spec, objective, importance }: SearchView): string {
  const keys = Object.keys(spec.ranges ?? {});
  const header = ['', 'trial', 'state', ...keys, 'value', 'epochs', 'time'];
  const rows = trials.map(({ number, state, parameters, value, epochs, seconds }) => [
    number === best ? '*' : '',
    String(number + 1),
    state,
    ...keys.map((key) => String(parameters[key])),
    value === null ? '' : formatFigure(value),
    epochs === null ? '' : String(epochs),
    formatSeconds(seconds),
  ]);
  const lines = [
    textTable(header, rows, 3),
    '',
    `value: ${objective.title}${objective.higherIsBetter ? ', higher is better' : ''}`,
  ];
  if (importance.length > 0) {
    const shares = importance.map(({ key, share }) => `${key} ${Math.round(100 * share)} %`);
    lines.push(`share of its variance that each setting explains by itself: ${shares.join(', ')}`);
  }
  return lines.join('\n');
}
