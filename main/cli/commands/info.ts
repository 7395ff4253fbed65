import type { Project } from '../../projects/project.types.ts';
import { formatBytes, formatCount, formatFigure, formatPercent, formatSeconds } from '../output/number-format.ts';
import { textTable } from '../output/text-table.ts';
import type { GlobalOptions } from '../cli-context.ts';
import type { Register } from '../program.ts';

export const registerInfo: Register = (program, run) => {
  program
    .command('info')
    .requiredOption('--project <file>', 'project file')
    .description('show what a project holds: datasets, runs, scores')
    .action((options: GlobalOptions & { project: string }) =>
      run(options, async (context) => {
        const project = context.openProject(options.project);
        const facts = {
          project: project.info(),
          datasets: project.datasets
            .list()
            .map((dataset) => ({ ...dataset, recipe: project.recipes.current(dataset.id).recipe })),
          runs: project.runs.list(),
          embeddings: project.embeddings.list(),
          scores: project.scores.list(),
        };
        context.print(facts, infoText(project));
      }),
    );
};

function infoText(project: Project): string {
  const info = project.info();
  const lines = [`${info.title} · ${info.path} · ${formatBytes(info.fileBytes)}`];
  for (const dataset of project.datasets.list()) {
    const density = dataset.nnz / (dataset.nObs * dataset.nVar);
    lines.push(
      '',
      `dataset ${dataset.id}: ${dataset.name}`,
      `  ${formatCount(dataset.nObs)} cells × ${formatCount(dataset.nVar)} genes, ${formatPercent(density)} nonzero, ${dataset.valueKind}`,
    );
    if (dataset.obsColumns.length > 0)
      lines.push(`  annotations: ${dataset.obsColumns.map((column) => column.name).join(', ')}`);
    if (dataset.obsm.length > 0) lines.push(`  coordinates: ${dataset.obsm.map((array) => array.name).join(', ')}`);
    for (const { name, nVar, nMeasured, valueKind } of dataset.modalities)
      lines.push(`  ${name}: ${formatCount(nVar)} features, measured in ${formatCount(nMeasured)} cells, ${valueKind}`);
    const runs = project.runs.list(dataset.id);
    if (runs.length === 0) continue;
    const rows = runs.map((run) => [
      String(run.id),
      run.name,
      run.preset,
      String(run.seed),
      run.state,
      formatSeconds(run.wallSeconds),
      Object.entries(run.summary)
        .map(([key, value]) => `${key} ${formatFigure(value)}`)
        .join(', '),
    ]);
    lines.push('', textTable(['run', 'name', 'preset', 'seed', 'state', 'time', 'summary'], rows, 9));
    for (const failed of runs.filter((run) => run.error !== null))
      lines.push(`  run ${failed.id}: ${failed.error?.what} ${failed.error?.remedy}`);
  }
  if (project.datasets.list().length === 0) lines.push('No dataset yet: lacuna import FILE --project …');
  return lines.join('\n');
}
