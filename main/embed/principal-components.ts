import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { LacunaError } from '../errors/lacuna-error.ts';
import { checkPoints, type Points } from './points.ts';

export interface PrincipalComponents {
  /** [nObs, nComponents], row-major: coordinates along the components, largest variance first. */
  scores: Float64Array;
  nComponents: number;
  /** [nComponents], share of the total variance, 0 to 1. */
  explained: Float64Array;
}

/** Exact decomposition needs a square of this side at most: 3,000 takes about a minute. */
const MAX_SIDE = 3000;

/**
 * Principal components of a space, for pictures of it: exact, from the covariance of its dimensions (or from the Gram
 * matrix when there are fewer observations than dimensions). Each component's sign makes its largest score positive, so
 * that the picture does not flip between machines.
 * @throws LacunaError `bad-option` when more components are asked for than the space has dimensions; `unsupported` when
 *   both observations and dimensions exceed 3,000
 */
export function principalComponents(points: Points, nComponents: number): PrincipalComponents {
  checkPoints(points);
  const { nObs, nDim } = points;
  if (nComponents > nDim) {
    throw new LacunaError(
      'bad-option',
      `The space has ${nDim} ${nDim === 1 ? 'dimension' : 'dimensions'}, so it has no ${nComponents} principal components.`,
      'Choose a picture with fewer dimensions, or UMAP or t-SNE.',
    );
  }
  const side = Math.min(nObs, nDim);
  if (side > MAX_SIDE) {
    throw new LacunaError(
      'unsupported',
      `Principal components of ${nObs} observations × ${nDim} dimensions are too much for one picture.`,
      'Run the method PCA, and show its latent.',
    );
  }
  if (nObs === 0) return { scores: new Float64Array(0), nComponents, explained: new Float64Array(nComponents) };
  const centred = centre(points);
  const byDimension = nDim <= nObs;
  const product = byDimension ? dimensionProducts(centred, nObs, nDim) : observationProducts(centred, nObs, nDim);
  const total = product.trace();
  const evd = new EigenvalueDecomposition(product, { assumeSymmetric: true });
  const order = evd.realEigenvalues
    .map((value, at) => ({ value: Math.max(0, value), at }))
    .sort((a, b) => b.value - a.value);
  const scores = new Float64Array(nObs * nComponents);
  const explained = new Float64Array(nComponents);
  for (let c = 0; c < Math.min(nComponents, side); c++) {
    const { value, at } = order[c];
    explained[c] = total > 0 ? value / total : 0;
    const vector = evd.eigenvectorMatrix.getColumn(at);
    for (let i = 0; i < nObs; i++) {
      let score = 0;
      if (byDimension) for (let d = 0; d < nDim; d++) score += centred[i * nDim + d] * vector[d];
      else score = vector[i] * Math.sqrt(value);
      scores[i * nComponents + c] = score;
    }
    orient(scores, nObs, nComponents, c);
  }
  return { scores, nComponents, explained };
}

function centre({ values, nObs, nDim }: Points): Float64Array {
  const centred = Float64Array.from(values);
  for (let d = 0; d < nDim; d++) {
    let mean = 0;
    for (let i = 0; i < nObs; i++) mean += centred[i * nDim + d] / nObs;
    for (let i = 0; i < nObs; i++) centred[i * nDim + d] -= mean;
  }
  return centred;
}

function dimensionProducts(x: Float64Array, nObs: number, nDim: number): Matrix {
  const sums = new Float64Array(nDim * nDim);
  for (let i = 0; i < nObs; i++) {
    for (let a = 0; a < nDim; a++) {
      const value = x[i * nDim + a];
      for (let b = 0; b <= a; b++) sums[a * nDim + b] += value * x[i * nDim + b];
    }
  }
  return symmetric(sums, nDim);
}

function observationProducts(x: Float64Array, nObs: number, nDim: number): Matrix {
  const sums = new Float64Array(nObs * nObs);
  for (let a = 0; a < nObs; a++) {
    for (let b = 0; b <= a; b++) {
      let sum = 0;
      for (let d = 0; d < nDim; d++) sum += x[a * nDim + d] * x[b * nDim + d];
      sums[a * nObs + b] = sum;
    }
  }
  return symmetric(sums, nObs);
}

function symmetric(lower: Float64Array, side: number): Matrix {
  const matrix = Matrix.zeros(side, side);
  for (let a = 0; a < side; a++) {
    for (let b = 0; b <= a; b++) {
      matrix.set(a, b, lower[a * side + b]);
      matrix.set(b, a, lower[a * side + b]);
    }
  }
  return matrix;
}

function orient(scores: Float64Array, nObs: number, nComponents: number, c: number): void {
  let largest = 0;
  for (let i = 0; i < nObs; i++) {
    const score = scores[i * nComponents + c];
    if (Math.abs(score) > Math.abs(largest)) largest = score;
  }
  if (largest < 0) for (let i = 0; i < nObs; i++) scores[i * nComponents + c] *= -1;
}
