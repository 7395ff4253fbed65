import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { CovariateValues } from '../../preprocess/covariates/fit-covariates.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import { sizeExtras } from '../counts/count-model.ts';
import { expectedCounts, headExtras } from '../counts/expected-counts.ts';
import type { DenseOutput, TrainOutcome } from '../method.ts';
import { LOG_OVERDISPERSION_LIMITS, type ZipoShape } from './network.ts';

/**
 * The expected count is l · softmax(h W + b). Under a recipe that leaves the library size in, l is the predicted one; under one
 * that takes it out, the counted one, so that expression is comparable between cells and the counts are those of the cell.
 *
 * @param cells counted library sizes [nObs], and what is known of the cells
 * @param outputs of the network, [nObs, ·]
 */
export function zipoOutcome(
  data: Pick<ExpressionSource, 'recipe' | 'undoFacts'>,
  shape: ZipoShape,
  { library, covariates }: { library: Float64Array; covariates: CovariateValues | null },
  weights: Record<string, Float32Array>,
  outputs: Record<string, DenseOutput>,
): TrainOutcome {
  const { latent, logSum, logLibrary, dropout } = outputs;
  const takenOut = data.recipe.normalisation.librarySize !== 'none' || !logLibrary;
  const used = takenOut ? library : Float64Array.from(logLibrary.values, Math.exp);
  const logScale = used.map((size, i) => Math.log(size) - logSum.values[i]);
  const denoised = expectedCounts(
    data,
    encodedCells(latent, covariates),
    weights['mean/kernel'],
    weights['mean/bias'],
    logScale,
  );
  const head = (title: string, name: string): Record<string, DenseOutput> =>
    headExtras(title, denoised.hidden.nDim, weights[`${name}/kernel`], weights[`${name}/bias`]);
  const extras: Record<string, DenseOutput> = sizeExtras({
    used,
    counted: library,
    predicted: logLibrary ? logLibrary.values.map(Math.exp) : null,
  });
  if (covariates) {
    extras.covariateReference = { nDim: covariates.nDim, values: new Float32Array(covariates.nDim) };
    const { factor } = data.undoFacts;
    const sizes = takenOut ? library.map(Math.log) : outputs['corrected logLibrary'].values;
    const sums = outputs['corrected logSum'].values;
    extras.correctedScale = {
      nDim: 1,
      values: sums.map((sum, i) => sizes[i] - sum + Math.log(factor[i] || 1)),
    };
  }
  const summary: Record<string, number> = {};
  if (logLibrary)
    summary.librarySizeError =
      logLibrary.values.reduce((sum, value, i) => sum + Math.abs(value - Math.log(library[i])), 0) / library.length;
  if (dropout) {
    Object.assign(extras, head('dropout', 'dropout'));
    extras.cellDropout = dropout;
    summary.meanDropout = dropout.values.reduce((sum, value) => sum + value, 0) / dropout.values.length;
  }
  if (shape.likelihood !== 'zip') {
    if (shape.dispersion === 'conditional') Object.assign(extras, head('overdispersion', 'dispersion'));
    else {
      const [least, largest] = LOG_OVERDISPERSION_LIMITS;
      extras.geneDispersion = {
        nDim: 1,
        values: weights['dispersion/log'].map((value) => Math.exp(-Math.min(Math.max(value, least), largest))),
      };
    }
  }
  return { latent, denoised, extras, summary };
}

/** Latent variables with the known covariates behind them, [nObs, ·]. */
function encodedCells(latent: DenseOutput, covariates: CovariateValues | null): DenseOutput {
  if (!covariates) return latent;
  const nDim = latent.nDim + covariates.nDim;
  const nObs = latent.values.length / latent.nDim;
  const values = new Float32Array(nObs * nDim);
  for (let i = 0; i < nObs; i++) {
    values.set(latent.values.subarray(i * latent.nDim, (i + 1) * latent.nDim), i * nDim);
    values.set(covariates.values.subarray(i * covariates.nDim, (i + 1) * covariates.nDim), i * nDim + latent.nDim);
  }
  return { nDim, values };
}

/** Counts of each cell over the genes that are modelled; 1 for a cell without any. */
export function countedLibrary({ nObs, indptr, values }: CsrMatrix): Float64Array {
  const sizes = new Float64Array(nObs);
  for (let i = 0; i < nObs; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) sizes[i] += values[k];
    sizes[i] = Math.max(sizes[i], 1);
  }
  return sizes;
}
