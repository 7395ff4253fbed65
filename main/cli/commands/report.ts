import type { ExportResult } from '../../jobs/job-results.ts';
import { parseWhole, type GlobalOptions } from '../cli-context.ts';
import { formatBytes } from '../output/number-format.ts';
import type { Register } from '../program.ts';

interface ReportOptions extends GlobalOptions {
  project: string;
  out: string;
  dataset: string[];
  run: string[];
  overwrite?: boolean;
}

export const registerReport: Register = (program, run) => {
  program
    .command('report')
    .requiredOption('--project <file>', 'project file')
    .requiredOption('--out <file>', 'page to write, .html')
    .option('--dataset <number>', 'only this dataset; may be repeated', collect, [])
    .option('--run <number>', 'only this run; may be repeated', collect, [])
    .option('--overwrite', 'replace what is there')
    .description('write the whole project as one page: data, quality, settings, pictures, scores, how to repeat it')
    .action((options: ReportOptions) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const result = await context.waitFor<ExportResult>(
          context.core.export(project, {
            what: 'report',
            format: 'html',
            out: options.out,
            overwrite: options.overwrite ?? false,
            reportDatasets: numbers('--dataset', options.dataset),
            reportRuns: numbers('--run', options.run),
          }),
        );
        for (const note of result.notes) context.say(`Note: ${note}`);
        context.print(
          result,
          `Written (${formatBytes(result.bytes)}): ${result.files[0]}\nIt opens in any browser, which also prints it or saves it as PDF.`,
        );
      }),
    );
};

function numbers(name: string, texts: string[]): number[] | null {
  return texts.length === 0 ? null : texts.map((text) => parseWhole(name, text, 1));
}

function collect(value: string, previous: string[]): string[] {
  return [...previous, value];
}
