import type { AxisTable } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { countKeptObs, countKeptVar } from '../filter/count-kept.ts';
import type { Filter } from '../recipe.ts';
import { histogram, type Histogram } from './histogram.ts';
import { measureObs, measureVar, type StreamedMatrix } from './measure-quality.ts';
import { findMitochondrial } from './mitochondrial.ts';
import type { ObsQuality } from './obs-quality.ts';
import { median } from './outlier-bounds.ts';
import { suggestThresholds } from './suggest-thresholds.ts';
import { meanPerVar } from './var-quality.ts';

const BARS = 50;

/** One measure of quality: its spread, and the limits that are suggested for it. */
export interface QualityMeasure {
  key: string;
  label: string;
  unit: string;
  min: number;
  max: number;
  median: number;
  histogram: Histogram;
  suggested: { min: number | null; max: number | null } | null;
}

/** The quality of a dataset as a person sees it; JSON values only. */
export interface QualityReport {
  nObs: number;
  nVar: number;
  obs: QualityMeasure[];
  /** Measured on all observations. */
  var: QualityMeasure[];
  suggestion: { filter: Filter; keptObs: number; keptVar: number };
  /** Plain sentences. */
  notes: string[];
}

/**
 * Measures a streamed matrix in three passes: cells, genes, and genes on the cells that the suggestion keeps.
 *
 * @param measured the cells, where they are measured already
 */
export async function qualityReport(
  matrix: StreamedMatrix,
  variables: AxisTable,
  task: LongTask = {},
  measured?: ObsQuality,
): Promise<QualityReport> {
  const mitochondrial = findMitochondrial(variables);
  const knowsMito = mitochondrial.nGenes > 0;
  const obs = measured ?? (await measureObs(matrix, mitochondrial.mask, task));
  const genes = await measureVar(matrix, undefined, task);
  const filter = suggestThresholds(obs, knowsMito);
  const keptObs = countKeptObs(filter.obs, obs);
  const onKept = keptObs.kept === matrix.nObs ? genes : await measureVar(matrix, keptObs.flags, task);
  const { minCounts, maxCounts, minGenes, maxGenes, maxMitoPercent } = filter.obs;

  const obsMeasures = [
    measure('counts', 'Counts per cell', 'counts', obs.counts, true, { min: minCounts, max: maxCounts }),
    measure('genes', 'Genes per cell', 'genes', obs.genes, true, { min: minGenes, max: maxGenes }),
  ];
  if (knowsMito)
    obsMeasures.push(
      measure('mitoPercent', 'Mitochondrial share', '%', obs.mitoPercent, false, { min: null, max: maxMitoPercent }),
    );
  return {
    nObs: matrix.nObs,
    nVar: matrix.nVar,
    obs: obsMeasures,
    var: [
      measure('cells', 'Cells per gene', 'cells', genes.cells, true, { min: filter.var.minCells, max: null }),
      measure('counts', 'Counts per gene', 'counts', genes.counts, true, null),
      measure('mean', 'Mean per cell', 'counts', meanPerVar(genes), true, null),
      measure('max', 'Largest single count', 'counts', genes.max, true, null),
    ],
    suggestion: { filter, keptObs: keptObs.kept, keptVar: countKeptVar(filter.var, onKept).kept },
    notes: mitochondrial.note === '' ? [] : [mitochondrial.note],
  };
}

function measure(
  key: string,
  label: string,
  unit: string,
  values: ArrayLike<number>,
  log: boolean,
  suggested: QualityMeasure['suggested'],
): QualityMeasure {
  const sorted = Float64Array.from(values).sort();
  const spread = sorted.length === 0 ? [0, 0, 0] : [sorted[0], sorted[sorted.length - 1], median(sorted)];
  return {
    key,
    label,
    unit,
    min: spread[0],
    max: spread[1],
    median: spread[2],
    histogram: histogram(values, BARS, log),
    suggested: suggested && (suggested.min !== null || suggested.max !== null) ? suggested : null,
  };
}
