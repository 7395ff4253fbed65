import { writeFileSync } from 'node:fs';
import { MARKER_COLUMNS, markerColumn } from '../../contract/markers/marker-columns.ts';
import type { GroupSource } from '../../contract/entities/markers.ts';
import { markersText, rankMarkers } from '../../core/markers/markers-text.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { MarkersResult } from '../../jobs/job-results.ts';
import type { MarkerTableInfo, Project } from '../../projects/project.types.ts';
import { parseWhole, type GlobalOptions } from '../cli-context.ts';
import { textTable } from '../output/text-table.ts';
import type { Register } from '../program.ts';

interface MarkersOptions extends GlobalOptions {
  project: string;
  by?: string;
  clustering?: string;
  dataset?: string;
  group?: string;
  against: string;
  order: string;
  top: string;
  csv?: string;
  tsv?: string;
}

export const registerMarkers: Register = (program, run) => {
  program
    .command('markers')
    .requiredOption('--project <file>', 'project file')
    .option('--by <column>', 'annotation with the groups')
    .option('--clustering <number>', 'a clustering of a run in place of an annotation')
    .option('--dataset <number>', 'the dataset; the newest when left out')
    .option('--group <name>', 'the group; every group when left out')
    .option(
      '--against <whom>',
      "each (every other group, one by one), rest (all others as one), or a group's name",
      'each',
    )
    .option('--order <figure>', `figure to rank by: ${MARKER_COLUMNS.slice(4).join(', ')}`, 'auc_mean')
    .option('--top <number>', 'genes to print for each group', '10')
    .option('--csv <file>', 'write every gene with every figure as CSV')
    .option('--tsv <file>', 'the same as TSV')
    .description('rank the genes that tell groups of cells apart (AUC, Cohen’s d, log2 fold change, share of cells)')
    .action((options: MarkersOptions) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const { against } = options;
        const job = context.core.findMarkers(project, {
          datasetId: options.dataset === undefined ? undefined : parseWhole('--dataset', options.dataset, 1),
          groups: sourceOf(options),
          group: options.group,
          against: against === 'each' || against === 'rest' ? { kind: against } : { kind: 'group', name: against },
        });
        const { tables, notes } = await context.waitFor<MarkersResult>(job);
        for (const note of notes) context.say(`Note: ${note}`);
        if (options.csv !== undefined) writeText(project, options.csv, tables, 'csv', options.order);
        if (options.tsv !== undefined) writeText(project, options.tsv, tables, 'tsv', options.order);
        const top = parseWhole('--top', options.top, 1);
        const found = tables.map((table) => topGenes(project, table, options.order, top));
        context.print(
          found,
          found.map(({ table, genes }) => `${heading(table)}\n${textTable(HEADINGS, genes.map(lineOf))}`).join('\n\n'),
        );
      }),
    );
};

const HEADINGS = ['gene', 'AUC', "Cohen's d", 'log2 FC', 'detected', 'in others', 'min-rank'];

interface TopGene {
  gene: string;
  figures: Record<string, number>;
}

function sourceOf({ by, clustering }: MarkersOptions): GroupSource {
  if (clustering !== undefined) return { kind: 'clustering', id: parseWhole('--clustering', clustering, 1) };
  if (by !== undefined) return { kind: 'column', name: by };
  throw new LacunaError('bad-option', 'It was not said which groups.', 'Name an annotation: --by COLUMN.');
}

function topGenes(
  project: Project,
  table: MarkerTableInfo,
  by: string,
  top: number,
): { table: MarkerTableInfo; genes: TopGene[] } {
  const { order, names, values } = rankMarkers(project, table.id, by);
  const width = MARKER_COLUMNS.length;
  const genes = Array.from(order.subarray(0, top), (i) => ({
    gene: names[i],
    figures: Object.fromEntries(MARKER_COLUMNS.map((column, at) => [column, values[i * width + at]])),
  }));
  return { table, genes };
}

function lineOf({ gene, figures }: TopGene): string[] {
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  return [
    gene,
    figures[MARKER_COLUMNS[markerColumn('auc', 'mean')]].toFixed(3),
    figures[MARKER_COLUMNS[markerColumn('cohensD', 'mean')]].toFixed(2),
    figures[MARKER_COLUMNS[markerColumn('log2FoldChange', 'mean')]].toFixed(2),
    percent(figures.detected),
    percent(figures.detectedOthers),
    String(figures[MARKER_COLUMNS[markerColumn('auc', 'rank')]]),
  ];
}

function heading({ group, against, nGroup, nOthers }: MarkerTableInfo): string {
  return `${group} (${nGroup}) against ${against} (${nOthers})`;
}

function writeText(
  project: Project,
  path: string,
  tables: readonly MarkerTableInfo[],
  format: 'csv' | 'tsv',
  order: string,
): void {
  const texts = tables.map(({ id }, i) => {
    const text = markersText(project, id, { format, order });
    return i === 0 ? text : text.slice(text.indexOf('\n') + 1);
  });
  try {
    writeFileSync(path, texts.join(''));
  } catch (cause) {
    throw new LacunaError('no-access', `${path} could not be written.`, 'Choose another place.', { path }, cause);
  }
}
