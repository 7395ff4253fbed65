import { chooseDataset } from '../../core/choose.ts';
import { datasetQuality } from '../../core/dataset-quality.ts';
import type { QualityMeasure, QualityReport } from '../../preprocess/quality/quality-report.ts';
import { parseWhole, type GlobalOptions } from '../cli-context.ts';
import { formatCount, formatFigure } from '../output/number-format.ts';
import { textTable } from '../output/text-table.ts';
import type { Register } from '../program.ts';

export const registerQuality: Register = (program, run) => {
  program
    .command('quality')
    .requiredOption('--project <file>', 'project file')
    .option('--dataset <number>', 'dataset; the newest when left out')
    .description('show counts, genes and mitochondrial share per cell, with suggested thresholds')
    .action((options: GlobalOptions & { project: string; dataset?: string }) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const wanted = options.dataset === undefined ? undefined : parseWhole('--dataset', options.dataset, 1);
        const dataset = chooseDataset(project, wanted);
        const report = await datasetQuality(project, dataset.id);
        context.print(report, qualityText(report));
      }),
    );
};

function qualityText(report: QualityReport): string {
  const header = ['measure', 'least', 'median', 'most', 'suggested', 'spread'];
  const rows = [...report.obs, ...report.var].map((measure) => [
    measure.label,
    formatFigure(measure.min),
    formatFigure(measure.median),
    formatFigure(measure.max),
    suggestedText(measure),
    sparkline(measure.histogram.counts),
  ]);
  const { keptObs, keptVar } = report.suggestion;
  return [
    textTable(header, rows),
    '',
    `The suggestion keeps ${formatCount(keptObs)} of ${formatCount(report.nObs)} cells and ${formatCount(keptVar)} of ${formatCount(report.nVar)} genes.`,
    ...report.notes.map((note) => `Note: ${note}`),
    'lacuna prepare --suggested puts it in force; nothing is lost by it, and it can be undone.',
  ].join('\n');
}

function suggestedText({ suggested }: QualityMeasure): string {
  if (suggested === null) return '–';
  const parts: string[] = [];
  if (suggested.min !== null) parts.push(`≥ ${formatFigure(suggested.min)}`);
  if (suggested.max !== null) parts.push(`≤ ${formatFigure(suggested.max)}`);
  return parts.join(', ');
}

/** '▁▂▅█▃▁': the histogram in sixteen bars. */
function sparkline(counts: number[]): string {
  const bars = 16;
  const merged = Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * counts.length) / bars);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * counts.length) / bars));
    return counts.slice(from, to).reduce((sum, count) => sum + count, 0);
  });
  const highest = Math.max(...merged, 1);
  return merged
    .map((count) => (count === 0 ? ' ' : '▁▂▃▄▅▆▇█'[Math.min(7, Math.floor((8 * count) / highest))]))
    .join('');
}
