import type { TrainResult } from '../../jobs/job-results.ts';
import { parseWhole, type GlobalOptions } from '../cli-context.ts';
import type { Register } from '../program.ts';
import { finishRun } from './run.ts';

export const registerResume: Register = (program, run) => {
  program
    .command('resume')
    .requiredOption('--project <file>', 'project file')
    .requiredOption('--run <number>', 'a run that was cancelled or interrupted')
    .description('go on with a run from its last checkpoint')
    .action((options: GlobalOptions & { project: string; run: string }) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const runId = parseWhole('--run', options.run, 1);
        const result = await context.waitFor<TrainResult>(context.core.resumeRun(project, runId));
        await finishRun(context, result, project.runs.get(runId).name);
      }),
    );
};
