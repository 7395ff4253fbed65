import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { DenoisedModel, DenseOutput } from '../method.ts';

/**
 * Expected counts `exp(hidden · weights + bias + logScale)` as a model on the scale of the recipe: c counts are worth f c there
 * (f from the library size), and log(1 + f c) where it takes logarithms, which is the softplus of log (f c). `undo` then leads
 * back to the expected counts exactly. The scale of a cell becomes one more hidden unit.
 *
 * @param logScale [nObs], what is added to the logarithm of every expected count of a cell
 */
export function expectedCounts(
  data: Pick<ExpressionSource, 'recipe' | 'undoFacts'>,
  hidden: DenseOutput,
  weights: Float32Array,
  bias: Float32Array,
  logScale: Float64Array,
): Extract<DenoisedModel, { kind: 'factored' }> {
  const link = data.recipe.normalisation.log1p ? 'softplus' : 'exp';
  const { factor } = data.undoFacts;
  const offsets = logScale.map((value, i) => value + Math.log(factor[i] || 1));
  const nVar = bias.length;
  const wider = new Float32Array(weights.length + nVar);
  wider.set(weights);
  wider.fill(1, weights.length);
  return { kind: 'factored', hidden: withColumn(hidden, offsets), weights: wider, bias, link };
}

/**
 * Another head on the same hidden units, as wide as the model's: the scale of the cell does not concern it. `head` of a cell
 * and gene is then `hidden · weights + bias`, with the denoised model's `hidden`.
 */
export function headExtras(
  name: string,
  nHidden: number,
  weights: Float32Array,
  bias: Float32Array,
): Record<string, DenseOutput> {
  const nVar = bias.length;
  const values = new Float32Array(nHidden * nVar);
  values.set(weights);
  return { [`${name}Weights`]: { nDim: nVar, values }, [`${name}Bias`]: { nDim: nVar, values: bias } };
}

function withColumn({ nDim, values }: DenseOutput, column: Float64Array): DenseOutput {
  const out = new Float32Array(column.length * (nDim + 1));
  column.forEach((value, i) => {
    out.set(values.subarray(i * nDim, (i + 1) * nDim), i * (nDim + 1));
    out[i * (nDim + 1) + nDim] = value;
  });
  return { nDim: nDim + 1, values: out };
}
