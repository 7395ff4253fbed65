import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** What a count model knows of cells and genes: log mean = size + base + cell · gene. */
export interface CountFactors {
  nFactors: number;
  /** [nObs, nFactors] */
  cell: Float32Array;
  /** [nVar, nFactors] */
  gene: Float32Array;
}

/** Directions with less spread than this share of the largest are dropped: units that never fire. */
const NOTHING = 1e-9;

/**
 * The same products from cells' factors with mean 0 and covariance 1, and genes' factors that are orthogonal over the genes, the
 * largest first: one step size then suits all, and the last factors are the ones to do without. What the means of the cells'
 * factors did goes into the base of every gene.
 */
export function standardFactors({ nFactors, cell, gene }: CountFactors): CountFactors {
  const nObs = cell.length / nFactors;
  const mean = new Float64Array(nFactors);
  for (let at = 0; at < cell.length; at++) mean[at % nFactors] += cell[at] / nObs;
  const centred = Float64Array.from(cell, (value, at) => value - mean[at % nFactors]);
  const spread = new EigenvalueDecomposition(crossProduct(centred, nFactors, nObs), { assumeSymmetric: true });
  const largest = Math.max(...spread.realEigenvalues);
  const kept = [...spread.realEigenvalues.keys()].filter((k) => spread.realEigenvalues[k] > NOTHING * largest);
  if (!(largest > 0)) return { nFactors: 0, cell: new Float32Array(0), gene: new Float32Array(0) };
  // cell' = (cell − mean) U Λ^−½, gene' = gene U Λ^½
  const sds = kept.map((k) => Math.sqrt(spread.realEigenvalues[k]));
  const whitening = new Matrix(
    Array.from({ length: nFactors }, (_, r) => kept.map((k, c) => spread.eigenvectorMatrix.get(r, k) / sds[c])),
  );
  const colouring = new Matrix(
    Array.from({ length: nFactors }, (_, r) => kept.map((k, c) => spread.eigenvectorMatrix.get(r, k) * sds[c])),
  );
  const genes = times(Float64Array.from(gene), nFactors, colouring);
  const axes = new EigenvalueDecomposition(crossProduct(genes, kept.length, 1), { assumeSymmetric: true });
  const order = kept.map((_, k) => k).sort((a, b) => axes.realEigenvalues[b] - axes.realEigenvalues[a]);
  const turn = new Matrix(kept.map((_, r) => order.map((k) => axes.eigenvectorMatrix.get(r, k))));
  return {
    nFactors: kept.length,
    cell: Float32Array.from(times(centred, nFactors, whitening.mmul(turn))),
    gene: Float32Array.from(times(genes, kept.length, turn)),
  };
}

/** XᵀX / n of X [rows, width]. */
function crossProduct(values: Float64Array, width: number, n: number): Matrix {
  const sums = Matrix.zeros(width, width);
  for (let start = 0; start < values.length; start += width)
    for (let a = 0; a < width; a++)
      for (let b = a; b < width; b++) sums.set(a, b, sums.get(a, b) + (values[start + a] * values[start + b]) / n);
  for (let a = 0; a < width; a++) for (let b = 0; b < a; b++) sums.set(a, b, sums.get(b, a));
  return sums;
}

function times(values: Float64Array, width: number, matrix: Matrix): Float64Array {
  const n = values.length / width;
  const out = new Float64Array(n * matrix.columns);
  for (let i = 0; i < n; i++)
    for (let c = 0; c < matrix.columns; c++) {
      let sum = 0;
      for (let r = 0; r < width; r++) sum += values[i * width + r] * matrix.get(r, c);
      out[i * matrix.columns + c] = sum;
    }
  return out;
}
