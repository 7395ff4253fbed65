import type { LongTask } from '../../../dataset/progress.ts';
import { numberLabel } from '../../../export/figures/number-label.ts';
import { spreadFigure } from '../../../export/figures/spread-figure.ts';
import type { ReportQuality } from '../../../export/report/report-data.ts';
import { countKeptObs, countKeptVar, type KeptCount } from '../../../preprocess/filter/count-kept.ts';
import { histogram } from '../../../preprocess/quality/histogram.ts';
import { measureVar, type StreamedMatrix } from '../../../preprocess/quality/measure-quality.ts';
import { findMitochondrial } from '../../../preprocess/quality/mitochondrial.ts';
import type { ObsQuality } from '../../../preprocess/quality/obs-quality.ts';
import { median } from '../../../preprocess/quality/outlier-bounds.ts';
import type { DatasetInfo, Project } from '../../../projects/project.types.ts';

const BARS = 40;

/** The filter in force, what it keeps, and how its measures are spread. */
export async function describeQuality(
  project: Project,
  dataset: DatasetInfo,
  measured: ObsQuality,
  matrix: StreamedMatrix,
  task: LongTask,
): Promise<ReportQuality> {
  const { filter } = project.recipes.current(dataset.id).recipe;
  const obs = countKeptObs(filter.obs, measured);
  const genes = await measureVar(matrix, obs.flags, task);
  const vars = countKeptVar(filter.var, genes);
  const mitochondrial = findMitochondrial(project.datasets.var(dataset.id));
  const { minCounts, maxCounts, minGenes, maxGenes, maxMitoPercent } = filter.obs;
  const measures = [
    measure('Counts per cell', 'counts', measured.counts, true, minCounts, maxCounts, 'cells'),
    measure('Genes per cell', 'genes', measured.genes, true, minGenes, maxGenes, 'cells'),
    measure('Cells per gene', 'cells', genes.cells, true, filter.var.minCells, null, 'genes'),
  ];
  if (mitochondrial.nGenes > 0)
    measures.splice(
      2,
      0,
      measure('Mitochondrial share', '%', measured.mitoPercent, false, null, maxMitoPercent, 'cells'),
    );
  return {
    measures,
    kept: { obs: obs.sentence, var: vars.sentence },
    rules: [...rulesOf(obs, 'cells'), ...rulesOf(vars, 'genes')],
    notes: mitochondrial.note === '' ? [] : [mitochondrial.note],
  };
}

function rulesOf({ each, total }: KeptCount, noun: string): ReportQuality['rules'] {
  return each.map(({ text, kept }) => ({ text, kept, total, noun }));
}

function measure(
  title: string,
  unit: string,
  values: ArrayLike<number>,
  log: boolean,
  min: number | null,
  max: number | null,
  noun: string,
): ReportQuality['measures'][number] {
  const sorted = Float64Array.from(values).sort();
  const limits = [
    min === null ? '' : `at least ${numberLabel(min)}`,
    max === null ? '' : `at most ${numberLabel(max)}`,
  ];
  return {
    title,
    unit,
    min: sorted[0] ?? 0,
    median: sorted.length === 0 ? 0 : median(sorted),
    max: sorted.at(-1) ?? 0,
    limits: limits.filter((part) => part !== '').join(', '),
    svg: spreadFigure({ title, unit, ...histogram(values, BARS, log), log, min, max, noun }),
  };
}
