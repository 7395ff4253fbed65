/** How the values of a protein are shown: as stored, or as centred log-ratio. */
export type ProteinScale = 'counts' | 'clr';

/**
 * Mean of ln(1 + x) over the proteins of every cell: the logarithm of the geometric mean in the centred log-ratio.
 *
 * @param features [nProteins][nObs], NaN where a cell was not measured
 * @returns [nObs], NaN where a cell was not measured
 */
export function meanLogPerCell(features: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(features[0]?.length ?? 0);
  for (const values of features) for (let i = 0; i < mean.length; i++) mean[i] += Math.log1p(values[i]);
  for (let i = 0; i < mean.length; i++) mean[i] /= features.length;
  return mean;
}

/**
 * Centred log-ratio of one protein: ln(1 + x) − mean over the proteins of the same cell of ln(1 + x). It is taken within
 * each cell across its proteins, with one pseudocount for each, as in Stoeckius et al. 2017 (Simultaneous epitope and
 * transcriptome measurement in single cells, Methods, "CITE-seq data"), after Aitchison 1986; so it needs no other cell,
 * and selections and batches leave it as it is. (Seurat's margin 1 takes it for each protein across cells instead.)
 *
 * @param values [nObs], counts or other numbers above −1
 * @param meanLog [nObs], from `meanLogPerCell` over all proteins
 */
export function centredLogRatio(values: Float32Array, meanLog: Float64Array): Float32Array {
  return values.map((value, i) => Math.log1p(value) - meanLog[i]);
}
