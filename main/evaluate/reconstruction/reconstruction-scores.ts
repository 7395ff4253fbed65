import { meanRanks } from '../rowwise/spearman-by-obs.ts';
import { pearson } from '../rowwise/pearson-by-obs.ts';

/** Figures of a reconstruction by metric id; NaN where one is not defined for any observation. */
export type ReconstructionFigures = Record<
  'mae' | 'mse' | 'cosine' | 'mae_nonzero' | 'mse_nonzero' | 'cosine_nonzero' | 'pearson' | 'spearman' | 'pearson_gene',
  number
>;

/** Scores of single observations, of which the mean is taken. */
type MeanId = 'cosine' | 'cosine_nonzero' | 'pearson' | 'spearman';

/**
 * Compares a reconstruction with what was measured, one observation at a time, so that neither matrix need be dense.
 *
 * `mae`, `mse` are means over all entries, `…_nonzero` over entries whose true value is above 0; `cosine`, `pearson` and
 * `spearman` are means over observations of the score across genes (SUICA, section 4.1 and its code); `pearson_gene` is
 * the mean over genes of the correlation across observations (STAGE). Observations or genes without a defined score are
 * left out of these means.
 */
export class ReconstructionScores {
  readonly #nVar: number;
  #nObs = 0;
  #absolute = 0;
  #squared = 0;
  #nonzero = { n: 0, absolute: 0, squared: 0 };
  #means: Record<MeanId, { sum: number; n: number }> = {
    cosine: { sum: 0, n: 0 },
    cosine_nonzero: { sum: 0, n: 0 },
    pearson: { sum: 0, n: 0 },
    spearman: { sum: 0, n: 0 },
  };
  readonly #genes: Record<'x' | 'y' | 'xx' | 'yy' | 'xy', Float64Array>;

  constructor(nVar: number) {
    this.#nVar = nVar;
    const zeros = () => new Float64Array(nVar);
    this.#genes = { x: zeros(), y: zeros(), xx: zeros(), yy: zeros(), xy: zeros() };
  }

  /**
   * @param truth [nVar]
   * @param predicted [nVar]
   * @param ranked false leaves this observation out of the rank correlation, which has to sort all its genes
   */
  add(truth: Float32Array, predicted: Float32Array, ranked = true): void {
    const { x, y, xx, yy, xy } = this.#genes;
    let product = 0;
    let truthSquares = 0;
    let predictedSquares = 0;
    let nonzeroPredictedSquares = 0;
    for (let j = 0; j < this.#nVar; j++) {
      const a = truth[j];
      const b = predicted[j];
      const difference = a - b;
      this.#absolute += Math.abs(difference);
      this.#squared += difference * difference;
      product += a * b;
      truthSquares += a * a;
      predictedSquares += b * b;
      if (a > 0) {
        this.#nonzero.n++;
        this.#nonzero.absolute += Math.abs(difference);
        this.#nonzero.squared += difference * difference;
        nonzeroPredictedSquares += b * b;
      }
      x[j] += a;
      y[j] += b;
      xx[j] += a * a;
      yy[j] += b * b;
      xy[j] += a * b;
    }
    this.#nObs++;
    this.#mean('cosine', product / Math.sqrt(truthSquares * predictedSquares));
    this.#mean('cosine_nonzero', product / Math.sqrt(truthSquares * nonzeroPredictedSquares));
    this.#mean('pearson', pearson(truth, predicted, 0, this.#nVar));
    if (ranked) this.#mean('spearman', pearson(meanRanks(truth), meanRanks(predicted), 0, this.#nVar));
  }

  figures(): ReconstructionFigures {
    const entries = this.#nObs * this.#nVar;
    const { n, absolute, squared } = this.#nonzero;
    const mean = (key: MeanId) => this.#means[key].sum / this.#means[key].n;
    return {
      mae: this.#absolute / entries,
      mse: this.#squared / entries,
      cosine: mean('cosine'),
      mae_nonzero: absolute / n,
      mse_nonzero: squared / n,
      cosine_nonzero: mean('cosine_nonzero'),
      pearson: mean('pearson'),
      spearman: mean('spearman'),
      pearson_gene: this.#pearsonOfGenes(),
    };
  }

  #mean(key: MeanId, value: number): void {
    if (!Number.isFinite(value)) return;
    this.#means[key].sum += value;
    this.#means[key].n++;
  }

  #pearsonOfGenes(): number {
    const { x, y, xx, yy, xy } = this.#genes;
    const n = this.#nObs;
    let sum = 0;
    let defined = 0;
    for (let j = 0; j < this.#nVar; j++) {
      const spreadX = n * xx[j] - x[j] * x[j];
      const spreadY = n * yy[j] - y[j] * y[j];
      // What rounding leaves of a gene that never changes is no spread.
      if (spreadX <= 1e-10 * n * xx[j] || spreadY <= 1e-10 * n * yy[j]) continue;
      sum += (n * xy[j] - x[j] * y[j]) / Math.sqrt(spreadX * spreadY);
      defined++;
    }
    return sum / defined;
  }
}
