import type { TrainResult } from '../../jobs/job-results.ts';
import { parseAssignment, parseWhole, type CliContext, type GlobalOptions } from '../cli-context.ts';
import { formatBytes, formatFigure, formatSeconds } from '../output/number-format.ts';
import type { Register } from '../program.ts';

interface RunCommandOptions extends GlobalOptions {
  project: string;
  dataset?: string;
  method: string;
  preset?: string;
  set: string[];
  seed: string;
  name?: string;
}

export const registerRun: Register = (program, run) => {
  program
    .command('run')
    .requiredOption('--project <file>', 'project file')
    .requiredOption('--method <id>', 'method, as `lacuna methods` lists them')
    .option('--dataset <number>', 'dataset; the newest when left out')
    .option('--preset <id>', "preset; the method's first when left out")
    .option('--set <key=value>', 'a setting that differs from the preset; may be repeated', collect, [])
    .option('--seed <number>', 'random seed', '1')
    .option('--name <name>', 'name of the run')
    .description('train a method and wait for it; prints the run')
    .action((options: RunCommandOptions) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const request = {
          datasetId: options.dataset === undefined ? undefined : parseWhole('--dataset', options.dataset, 1),
          method: options.method,
          preset: options.preset,
          set: Object.fromEntries(options.set.map(parseAssignment)),
          seed: parseWhole('--seed', options.seed, 0),
          name: options.name,
        };
        const estimate = context.core.estimate(project, request);
        if (estimate.supported) {
          context.say(
            `About ${formatSeconds(estimate.seconds)} and ${formatBytes(estimate.memoryBytes)} of memory on this computer.`,
          );
        }
        for (const warning of estimate.warnings) context.say(`Note: ${warning}`);
        const started = context.core.startRun(project, request);
        await finishRun(
          context,
          await context.waitFor<TrainResult>(started.job),
          project.runs.get(started.run.id).name,
        );
      }),
    );
};

/** Prints what a training ended with. */
export async function finishRun(context: CliContext, result: TrainResult, name: string): Promise<void> {
  for (const warning of result.warnings) context.say(`Note: ${warning}`);
  const summary = Object.entries(result.summary)
    .map(([key, value]) => `${key} ${formatFigure(value)}`)
    .join(', ');
  context.print(
    { run: result.runId, ...result },
    `run ${result.runId} (${name}) is ${result.state} after ${formatSeconds(result.wallSeconds)}${summary === '' ? '' : `: ${summary}`}`,
  );
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
