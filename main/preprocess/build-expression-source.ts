import type { Column } from '../dataset/column.ts';
import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { ObsmArray, ValueKind } from '../dataset/dataset-source.ts';
import type { LongTask } from '../dataset/progress.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { checkValues } from './check-values.ts';
import type { Corruption } from './corruption.ts';
import type { ExpressionFit } from './expression-fit.ts';
import { applyFilter } from './filter/apply-filter.ts';
import { takeCsr } from './filter/take-csr.ts';
import { Pacer } from './pacer.ts';
import { PreparedExpression } from './prepared-expression.ts';
import type { Recipe } from './recipe.ts';
import { CellTransform } from './transform/cell-transform.ts';
import { geneMoments, type GeneMoments } from './transform/gene-moments.ts';
import { scalingOf } from './transform/gene-scaling.ts';
import { librarySizes, targetSize } from './transform/library-size.ts';
import { chooseVariableGenes } from './variable-genes/choose-variable-genes.ts';

/** A dataset in memory, and what shall be done to it. */
export interface ExpressionInput {
  /** The main matrix. It is kept, not copied, where the recipe leaves nothing out; do not change it afterwards. */
  counts: CsrMatrix;
  /** [nVar] */
  varNames: readonly string[];
  /** Columns of var; a column of gene symbols helps to find mitochondrial genes. */
  varColumns?: readonly Column[];
  obsm?: readonly Pick<ObsmArray, 'name' | 'nDim' | 'values'>[];
  recipe: Recipe;
  /** The recipe is fitted on these observations alone (ascending positions); the others might as well not be there. */
  obs?: Uint32Array;
  corruption?: Corruption;
}

/**
 * Applies a recipe: filters cells (on all genes), then genes (on the cells that stay), scales to library size, takes
 * logarithms, keeps the variable genes, and works out what scaling every gene needs. Nothing dense is built: batches
 * are transformed when they are asked for. One pass over the nonzeros for each of these steps.
 *
 * @throws LacunaError `bad-option` (a filter that keeps nothing, too many variable genes), `unsupported` (a transform
 *   that these values do not allow), `bad-file` (NaN, infinity), `cancelled`
 */
export async function buildExpressionSource(input: ExpressionInput, task: LongTask = {}): Promise<PreparedExpression> {
  const { recipe } = input;
  const { normalisation } = recipe;
  const pacer = new Pacer(task);
  pacer.stage('Checking values');
  const chosen = await takeCsr(input.counts, input.obs ?? null, null, pacer);
  const valueKind = await checkValues(chosen, pacer);
  refuseImpossible(recipe, valueKind);

  pacer.stage('Filtering cells and genes');
  const variables = { names: [...input.varNames], columns: [...(input.varColumns ?? [])] };
  const kept = applyFilter(chosen, variables, recipe.filter);
  const obsIndex = input.obs ? kept.obs.map((i) => input.obs![i]) : kept.obs;
  let counts = await takeCsr(chosen, kept.obs, kept.var, pacer);
  if (input.corruption?.counts) counts = input.corruption.counts(counts, obsIndex);
  let varIndex = kept.var;

  pacer.stage('Scaling to library size');
  const sizes = librarySizes(counts);
  const target = targetSize(normalisation.librarySize, sizes);
  const factor = sizeFactors(sizes, target);
  const integers = valueKind === 'counts';
  if (input.corruption?.entries) counts = input.corruption.entries(counts, obsIndex, varIndex);

  if (normalisation.variableGenes !== null) {
    pacer.stage('Choosing variable genes');
    const whole = new CellTransform(counts, factor, normalisation.log1p, integers);
    const variable = await chooseVariableGenes(whole, valueKind, normalisation.variableGenes, pacer);
    counts = await takeCsr(counts, null, variable, pacer);
    varIndex = variable.map((j) => kept.var[j]);
  }

  pacer.stage('Measuring genes');
  const transform = new CellTransform(counts, factor, normalisation.log1p, integers);
  const plain = await geneMoments(transform, null, pacer);
  const scaling = scalingOf(normalisation, plain, counts.nObs);
  const moments = scaling ? await geneMoments(transform, scaling, pacer) : plain;
  const fit: ExpressionFit = { libraryVar: kept.var, varIndex, target, scaling };
  return prepared(input, fit, obsIndex, sizes, transform, moments);
}

/**
 * Other observations of the dataset (or the same without a corruption) under a recipe that was fitted before: the genes,
 * the library size and the scaling are those of the fit.
 *
 * @param obsIndex ascending positions in the dataset
 */
export async function applyExpressionFit(
  input: Omit<ExpressionInput, 'obs'>,
  fit: ExpressionFit,
  obsIndex: Uint32Array,
  task: LongTask = {},
): Promise<PreparedExpression> {
  const pacer = new Pacer(task);
  pacer.stage('Preparing the observations');
  let counts = await takeCsr(input.counts, obsIndex, fit.libraryVar, pacer);
  if (input.corruption?.counts) counts = input.corruption.counts(counts, obsIndex);
  const sizes = librarySizes(counts);
  if (input.corruption?.entries) counts = input.corruption.entries(counts, obsIndex, fit.libraryVar);
  if (fit.varIndex.length < fit.libraryVar.length) {
    const place = new Map(Array.from(fit.libraryVar, (j, at) => [j, at]));
    counts = await takeCsr(
      counts,
      null,
      fit.varIndex.map((j) => place.get(j)!),
      pacer,
    );
  }
  // Integers are looked up, which pays only where a whole matrix is; here every value is worked out.
  const transform = new CellTransform(counts, sizeFactors(sizes, fit.target), input.recipe.normalisation.log1p, false);
  return prepared(input, fit, obsIndex, sizes, transform, await geneMoments(transform, fit.scaling, pacer));
}

function sizeFactors(sizes: Float64Array, target: number | null): Float64Array {
  return sizes.map((size) => (target === null ? 1 : size > 0 ? target / size : 0));
}

function prepared(
  { recipe, varNames, obsm, counts }: Omit<ExpressionInput, 'obs'>,
  fit: ExpressionFit,
  obsIndex: Uint32Array,
  sizes: Float64Array,
  transform: CellTransform,
  moments: GeneMoments,
): PreparedExpression {
  return new PreparedExpression({
    recipe,
    fit,
    obsIndex,
    varNames: Array.from(fit.varIndex, (j) => varNames[j]),
    librarySize: Float32Array.from(sizes),
    geneMean: Float32Array.from(moments.mean),
    geneSd: Float32Array.from(moments.variance, Math.sqrt),
    transform,
    obsm: new Map((obsm ?? []).map((array) => [array.name, takeObsm(array, obsIndex, counts.nObs)])),
  });
}

function takeObsm(
  array: Pick<ObsmArray, 'nDim' | 'values'>,
  obs: Uint32Array,
  nObs: number,
): { nDim: number; values: Float64Array } {
  const { nDim, values } = array;
  if (obs.length === nObs) return { nDim, values };
  const taken = new Float64Array(obs.length * nDim);
  obs.forEach((from, to) => taken.set(values.subarray(from * nDim, (from + 1) * nDim), to * nDim));
  return { nDim, values: taken };
}

function refuseImpossible({ normalisation }: Recipe, valueKind: ValueKind): void {
  if (valueKind !== 'real') return;
  const remedy = 'Import the raw counts of this dataset, or choose a recipe that leaves the values as they are.';
  if (normalisation.librarySize !== 'none')
    throw new LacunaError(
      'unsupported',
      'Cells cannot be scaled to a library size: the matrix holds values below 0, so it is not counts, and its totals mean nothing.',
      remedy,
    );
  if (normalisation.log1p)
    throw new LacunaError(
      'unsupported',
      'The logarithm cannot be taken: the matrix holds values below 0, so it is not counts. It may be scaled or centred already.',
      remedy,
    );
}
