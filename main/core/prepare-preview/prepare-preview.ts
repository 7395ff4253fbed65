import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { buildExpressionSource } from '../../preprocess/build-expression-source.ts';
import { checkValues } from '../../preprocess/check-values.ts';
import { Pacer } from '../../preprocess/pacer.ts';
import type { Filter, Normalisation } from '../../preprocess/recipe.ts';
import type { Project } from '../../projects/project.types.ts';
import { genePoints, type GenePoints } from './gene-points.ts';
import { measuredCells } from './measured-cells.ts';
import { looksLogarithmic, previewWarnings } from './preview-warnings.ts';
import { spreadOf, totalQuantiles, type Spread } from './value-spread.ts';

export interface PreparePreview {
  /** What the filter keeps of the cells that were looked at; all of them where `nMeasured` says so. */
  nObs: number;
  nVar: number;
  /** Genes that a method would see. */
  nChosen: number;
  /** Cells that the figures come from. */
  nMeasured: number;
  nSampled: number;
  valueKind: 'counts' | 'nonnegative' | 'real';
  looksLogarithmic: boolean;
  quantiles: number[];
  before: Spread;
  after: Spread;
  genes: GenePoints | null;
  warnings: string[];
}

/** Cells behind the histograms. */
const SAMPLE = 2_000;

/**
 * What a normalisation would do to a stored dataset, in numbers to draw. It is the very transform that a run uses; large
 * datasets are looked at through a sample of their cells.
 *
 * @param request.filter left out: the one in force
 * @throws LacunaError `bad-option` where the filter keeps nothing, `unsupported` where the values do not allow this
 *   normalisation, `cancelled`
 */
export async function preparePreview(
  project: Project,
  datasetId: number,
  request: { normalisation: Normalisation; filter?: Filter },
  task: LongTask = {},
): Promise<PreparePreview> {
  const filter = request.filter ?? project.recipes.current(datasetId).recipe.filter;
  const { names, columns } = project.datasets.var(datasetId);
  const { counts, nTotal } = await measuredCells(project, datasetId, task);
  const pacer = new Pacer(task);
  const valueKind = await checkValues(counts, pacer);
  const input = { counts, varNames: names, varColumns: columns };
  const plain = await buildExpressionSource(
    {
      ...input,
      recipe: {
        filter,
        normalisation: {
          ...request.normalisation,
          librarySize: 'none',
          log1p: false,
          variableGenes: null,
          scale: 'none',
        },
      },
    },
    task,
  );
  const prepared = await buildExpressionSource(
    { ...input, recipe: { filter, normalisation: request.normalisation } },
    task,
  );
  if (plain.nObs !== prepared.nObs)
    throw new LacunaError('internal', 'Both sides of a preview must hold the same cells.');

  const step = Math.max(1, plain.nObs / SAMPLE);
  const sampled = Uint32Array.from({ length: Math.min(plain.nObs, SAMPLE) }, (_, i) => Math.floor(i * step));
  const logarithmic = looksLogarithmic(counts, valueKind);
  return {
    nObs: plain.nObs,
    nVar: plain.nVar,
    nChosen: prepared.nVar,
    nMeasured: counts.nObs,
    nSampled: sampled.length,
    valueKind,
    looksLogarithmic: logarithmic,
    quantiles: totalQuantiles,
    before: await spreadOf(plain, sampled, pacer),
    after: await spreadOf(prepared, sampled, pacer),
    genes: valueKind === 'real' ? null : await genePoints(plain, prepared, request.normalisation, valueKind, pacer),
    warnings: previewWarnings({
      normalisation: request.normalisation,
      valueKind,
      looksLogarithmic: logarithmic,
      nMeasured: counts.nObs,
      nTotal,
      nVar: plain.nVar,
      librarySize: plain.librarySize,
    }),
  };
}
