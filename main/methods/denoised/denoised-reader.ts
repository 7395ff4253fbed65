import { LacunaError } from '../../errors/lacuna-error.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { DenoisedModel } from '../method.ts';
import { applyLink } from './link.ts';

/** Reads denoised values, on the scale of the model, without a dense matrix and without a tensor engine. */
export interface DenoisedReader {
  readonly nObs: number;
  readonly nVar: number;
  /** All genes of the observations at `positions`, row-major into `out` [positions.length, nVar]. */
  rows(positions: ArrayLike<number>, out: Float32Array): void;
  /** One gene of all observations: [nObs]. */
  gene(position: number): Float32Array;
}

/**
 * What the model alone does not say. `neighbours` models average measured expression, so they need the source the run
 * trained on; a model without hidden units (the mean) does not know how many observations there are.
 */
export type ReaderSource = Partial<Pick<ExpressionSource, 'nObs' | 'nVar' | 'denseBatch'>>;

/** @throws LacunaError `internal` when the model needs a source that was not given */
export function createDenoisedReader(model: DenoisedModel, source: ReaderSource = {}): DenoisedReader {
  return model.kind === 'factored' ? factoredReader(model, source) : neighboursReader(model, source);
}

function factoredReader(
  { hidden, weights, bias, link }: Extract<DenoisedModel, { kind: 'factored' }>,
  source: ReaderSource,
): DenoisedReader {
  const { nDim: nHidden, values } = hidden;
  const nVar = bias.length;
  const nObs = nHidden > 0 ? values.length / nHidden : (source.nObs ?? missing('the number of observations'));
  return {
    nObs,
    nVar,
    rows(positions, out) {
      for (let r = 0; r < positions.length; r++) {
        const row = out.subarray(r * nVar, (r + 1) * nVar);
        row.set(bias);
        const start = positions[r] * nHidden;
        for (let h = 0; h < nHidden; h++) {
          const activation = values[start + h];
          // Half of a ReLU layer is zero.
          if (activation === 0) continue;
          const offset = h * nVar;
          for (let j = 0; j < nVar; j++) row[j] += activation * weights[offset + j];
        }
      }
      applyLink(positions.length * nVar === out.length ? out : out.subarray(0, positions.length * nVar), link);
    },
    gene(position) {
      const column = Float64Array.from({ length: nHidden }, (_, h) => weights[h * nVar + position]);
      const out = new Float32Array(nObs);
      for (let i = 0; i < nObs; i++) {
        let sum = bias[position];
        for (let h = 0; h < nHidden; h++) sum += values[i * nHidden + h] * column[h];
        out[i] = sum;
      }
      applyLink(out, link);
      return out;
    },
  };
}

const GENE_BLOCK = 256;

function neighboursReader(
  { k, indices }: Extract<DenoisedModel, { kind: 'neighbours' }>,
  source: ReaderSource,
): DenoisedReader {
  const nVar = source.nVar ?? missing('the expression');
  const denseBatch = source.denseBatch?.bind(source) ?? missing('the expression');
  const nObs = indices.length / k;
  const measured = new Float32Array(k * nVar);
  return {
    nObs,
    nVar,
    rows(positions, out) {
      for (let r = 0; r < positions.length; r++) {
        denseBatch(indices.subarray(positions[r] * k, (positions[r] + 1) * k), measured);
        const row = out.subarray(r * nVar, (r + 1) * nVar).fill(0);
        for (let n = 0; n < k; n++) for (let j = 0; j < nVar; j++) row[j] += measured[n * nVar + j];
        for (let j = 0; j < nVar; j++) row[j] /= k;
      }
    },
    gene(position) {
      const column = new Float32Array(nObs);
      const block = new Float32Array(Math.min(GENE_BLOCK, nObs) * nVar);
      for (let start = 0; start < nObs; start += GENE_BLOCK) {
        const rows = Uint32Array.from({ length: Math.min(GENE_BLOCK, nObs - start) }, (_, i) => start + i);
        denseBatch(rows, block.subarray(0, rows.length * nVar));
        for (let r = 0; r < rows.length; r++) column[start + r] = block[r * nVar + position];
      }
      const out = new Float32Array(nObs);
      for (let i = 0; i < nObs; i++) {
        for (let n = 0; n < k; n++) out[i] += column[indices[i * k + n]];
        out[i] /= k;
      }
      return out;
    },
  };
}

function missing(what: string): never {
  throw new LacunaError(
    'internal',
    `Denoised values of this method cannot be read without ${what}.`,
    'This is a fault of Lacuna. Please report it.',
  );
}
