import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { Pacer } from '../pacer.ts';
import { loess } from './loess.ts';

const SPAN = 0.3;

/**
 * Variance of every gene after its mean-variance trend is taken out: the counts are divided by the standard deviation
 * that a loess of log10 variance on log10 mean expects for the gene's mean, and clipped at √n of it above the mean, so
 * that a few outlying cells do not make a gene variable. Genes that never change get 0.
 *
 * Stuart et al., "Comprehensive integration of single-cell data", Cell 177, 2019 (methods, feature selection);
 * `vst` in Seurat, `seurat_v3` in scanpy.
 *
 * @param counts raw counts of the observations and variables that stay
 * @returns [nVar]
 */
export async function standardisedVariance(counts: CsrMatrix, pacer: Pacer): Promise<Float64Array> {
  const { nObs, nVar, indptr, indices, values } = counts;
  const mean = new Float64Array(nVar);
  const variance = new Float64Array(nVar);
  for (let k = 0; k < indptr[nObs]; k++) {
    mean[indices[k]] += values[k];
    variance[indices[k]] += values[k] * values[k];
  }
  const freedom = Math.max(nObs - 1, 1);
  for (let j = 0; j < nVar; j++) {
    mean[j] /= nObs;
    variance[j] = Math.max((variance[j] - nObs * mean[j] * mean[j]) / freedom, 0);
    if (variance[j] < 1e-13 * mean[j] * mean[j]) variance[j] = 0;
  }
  if (pacer.due()) await pacer.pause(0.3);

  const alive = Array.from(mean.keys()).filter((j) => variance[j] > 0);
  const logMean = Float64Array.from(alive, (j) => Math.log10(mean[j]));
  const logVariance = Float64Array.from(alive, (j) => Math.log10(variance[j]));
  const trend = loess(logMean, logVariance, SPAN);
  const expectedSd = new Float64Array(nVar).fill(1);
  alive.forEach((j, position) => (expectedSd[j] = Math.sqrt(10 ** trend[position])));
  const ceiling = expectedSd.map((sd, j) => sd * Math.sqrt(nObs) + mean[j]);

  const sum = new Float64Array(nVar);
  const squares = new Float64Array(nVar);
  for (let i = 0; i < nObs; i++) {
    for (let k = indptr[i]; k < indptr[i + 1]; k++) {
      const j = indices[k];
      const value = Math.min(values[k], ceiling[j]);
      sum[j] += value;
      squares[j] += value * value;
    }
    if (pacer.due()) await pacer.pause(0.5 + i / nObs / 2);
  }
  return mean.map((m, j) =>
    variance[j] === 0 ? 0 : (nObs * m * m + squares[j] - 2 * sum[j] * m) / (freedom * expectedSd[j] * expectedSd[j]),
  );
}
