const BINS = 20;

/**
 * Dispersion (variance over mean) of every gene, compared with that of genes of a similar mean: genes are put into 20
 * bins of equal width by log(1 + mean), and log dispersion is z-scored within each bin. A gene alone in its bin gets 1;
 * a gene without dispersion gets −∞.
 *
 * Satija et al., "Spatial reconstruction of single-cell gene expression data", Nature Biotechnology 33, 2015, as in
 * scanpy's `seurat` flavour.
 *
 * @param mean [nVar], of values that are not logarithms
 * @param variance [nVar], with n − 1 in the denominator
 */
export function normalisedDispersion(mean: Float64Array, variance: Float64Array): Float64Array {
  const nVar = mean.length;
  const logMean = mean.map((m) => Math.log1p(m));
  const dispersion = mean.map((m, j) => Math.log(variance[j] / (m === 0 ? 1e-12 : m)));
  const low = logMean.reduce((a, b) => Math.min(a, b), Infinity);
  const high = logMean.reduce((a, b) => Math.max(a, b), -Infinity);
  const width = (high - low) / BINS;
  // Bins are open on the left; the smallest mean belongs to the first.
  const bin = logMean.map((m) => (width > 0 ? Math.min(Math.max(Math.ceil((m - low) / width) - 1, 0), BINS - 1) : 0));

  const n = new Float64Array(BINS);
  const sum = new Float64Array(BINS);
  for (let j = 0; j < nVar; j++) {
    if (!Number.isFinite(dispersion[j])) continue;
    n[bin[j]]++;
    sum[bin[j]] += dispersion[j];
  }
  const binMean = sum.map((total, b) => total / n[b]);
  const squares = new Float64Array(BINS);
  for (let j = 0; j < nVar; j++)
    if (Number.isFinite(dispersion[j])) squares[bin[j]] += (dispersion[j] - binMean[bin[j]]) ** 2;

  return dispersion.map((value, j) => {
    if (!Number.isFinite(value)) return -Infinity;
    const b = bin[j];
    if (n[b] === 1) return 1;
    const sd = Math.sqrt(squares[b] / (n[b] - 1));
    return sd > 0 ? (value - binMean[b]) / sd : 0;
  });
}
