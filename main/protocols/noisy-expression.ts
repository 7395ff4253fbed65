import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { LongTask } from '../dataset/progress.ts';
import { Random } from '../engine/random/random.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { ExpressionSource, ValueScale } from '../preprocess/expression-source.ts';
import { Pacer } from '../preprocess/pacer.ts';

interface Noise {
  /** In units of the transformed values. */
  sd: number;
  seed: number;
}

/**
 * A source with a draw from N(0, sd²) added to every transformed entry. The draws follow from the seed and the position
 * of the spot in the dataset, so they are made again for each batch instead of being kept: the noise is dense.
 */
export class NoisyExpression implements ExpressionSource {
  readonly #base: ExpressionSource;
  readonly #sd: number;
  readonly #seed: number;
  readonly #noise: Float32Array;
  readonly geneMean: Float32Array;
  readonly geneSd: Float32Array;

  private constructor(base: ExpressionSource, { sd, seed }: Noise) {
    this.#base = base;
    this.#sd = sd;
    this.#seed = seed;
    this.#noise = new Float32Array(base.nVar);
    this.geneMean = new Float32Array(base.nVar);
    this.geneSd = new Float32Array(base.nVar);
  }

  /**
   * Means and deviations of the genes are those of the noisy values: the clean ones would tell a method what it is asked
   * for. They take one pass over the data. @throws LacunaError `cancelled`
   */
  static async over(base: ExpressionSource, noise: Noise, task: LongTask = {}): Promise<NoisyExpression> {
    const noisy = new NoisyExpression(base, noise);
    const { nObs, nVar } = base;
    const [sum, squares] = [new Float64Array(nVar), new Float64Array(nVar)];
    const values = new Float32Array(nVar);
    const pacer = new Pacer(task);
    pacer.stage('Adding noise');
    for (let row = 0; row < nObs; row++) {
      if (pacer.due()) await pacer.pause(row / nObs);
      noisy.denseBatch([row], values);
      for (let j = 0; j < nVar; j++) {
        sum[j] += values[j];
        squares[j] += values[j] * values[j];
      }
    }
    for (let j = 0; j < nVar; j++) {
      const mean = sum[j] / nObs;
      noisy.geneMean[j] = mean;
      noisy.geneSd[j] = Math.sqrt(Math.max(0, squares[j] / nObs - mean * mean));
    }
    return noisy;
  }

  get nObs() {
    return this.#base.nObs;
  }
  get nVar() {
    return this.#base.nVar;
  }
  get recipe() {
    return this.#base.recipe;
  }
  get obsIndex() {
    return this.#base.obsIndex;
  }
  get varIndex() {
    return this.#base.varIndex;
  }
  get varNames() {
    return this.#base.varNames;
  }
  get librarySize() {
    return this.#base.librarySize;
  }
  get keepsZeros() {
    return false;
  }
  get undoFacts() {
    return this.#base.undoFacts;
  }
  get obsm() {
    return this.#base.obsm;
  }

  /** @throws LacunaError `unsupported`: with noise on every entry there are no sparse counts to give. */
  get counts(): CsrMatrix {
    throw new LacunaError(
      'unsupported',
      'This method works on sparse counts, and noise on every entry leaves none.',
      'Judge it by thinned counts instead.',
    );
  }

  denseBatch(rows: ArrayLike<number>, out: Float32Array): void {
    this.#base.denseBatch(rows, out);
    const noise = this.#noise;
    for (let r = 0; r < rows.length; r++) {
      Random.from(this.#seed, `noise ${this.obsIndex[rows[r]]}`).fillNormal(noise, this.#sd);
      const base = r * this.nVar;
      for (let j = 0; j < noise.length; j++) out[base + j] += noise[j];
    }
  }

  /** @throws LacunaError `unsupported` */
  sparseBatch(): CsrMatrix {
    return this.counts;
  }

  undo(values: Float32Array, rows: ArrayLike<number>, to: ValueScale, varsOf?: ArrayLike<number>): void {
    this.#base.undo(values, rows, to, varsOf);
  }
}
