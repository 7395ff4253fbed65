import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { ExpressionFit } from './expression-fit.ts';
import type { ExpressionSource, ValueScale } from './expression-source.ts';
import type { Recipe } from './recipe.ts';
import type { CellTransform } from './transform/cell-transform.ts';
import type { GeneScaling } from './transform/gene-scaling.ts';
import { undoTransform, type UndoFacts } from './transform/undo-transform.ts';

/** Everything that `buildExpressionSource` has worked out. */
export interface PreparedParts {
  recipe: Recipe;
  fit: ExpressionFit;
  obsIndex: Uint32Array;
  varNames: readonly string[];
  librarySize: Float32Array;
  geneMean: Float32Array;
  geneSd: Float32Array;
  transform: CellTransform;
  obsm: ReadonlyMap<string, { nDim: number; values: Float64Array }>;
}

/** The transform of a recipe, applied to one batch at a time. */
export class PreparedExpression implements ExpressionSource {
  readonly nObs: number;
  readonly nVar: number;
  readonly recipe: Recipe;
  /** What the recipe learned; for treating other observations alike. */
  readonly fit: ExpressionFit;
  readonly obsIndex: Uint32Array;
  readonly varIndex: Uint32Array;
  readonly varNames: readonly string[];
  readonly librarySize: Float32Array;
  readonly geneMean: Float32Array;
  readonly geneSd: Float32Array;
  readonly keepsZeros: boolean;
  readonly counts: CsrMatrix;
  readonly obsm: ReadonlyMap<string, { nDim: number; values: Float64Array }>;
  #transform: CellTransform;
  #scaling: GeneScaling | null;
  #buffer: Float64Array;

  constructor(parts: PreparedParts) {
    const { transform, fit } = parts;
    const { scaling } = fit;
    this.fit = fit;
    this.counts = transform.counts;
    this.nObs = this.counts.nObs;
    this.nVar = this.counts.nVar;
    this.recipe = parts.recipe;
    this.obsIndex = parts.obsIndex;
    this.varIndex = fit.varIndex;
    this.varNames = parts.varNames;
    this.librarySize = parts.librarySize;
    this.geneMean = parts.geneMean;
    this.geneSd = parts.geneSd;
    this.obsm = parts.obsm;
    this.keepsZeros = scaling === null || scaling.zero.every((value) => value === 0);
    this.#transform = transform;
    this.#scaling = scaling;
    this.#buffer = new Float64Array(transform.widest);
  }

  denseBatch(rows: ArrayLike<number>, out: Float32Array): void {
    const nVar = this.nVar;
    if (out.length < rows.length * nVar)
      throw new LacunaError('internal', `A batch of ${rows.length} × ${nVar} values does not fit into ${out.length}.`);
    const { indptr, indices } = this.counts;
    const transform = this.#transform;
    const scaling = this.#scaling;
    const buffer = this.#buffer;
    // A row is first what it would be without any counts; then its few nonzeros are put in.
    if (this.keepsZeros) out.fill(0, 0, rows.length * nVar);
    for (let r = 0; r < rows.length; r++) {
      const row = rows[r];
      const base = r * nVar;
      const start = indptr[row];
      const n = transform.write(row, buffer);
      if (scaling === null) {
        for (let k = 0; k < n; k++) out[base + indices[start + k]] = buffer[k];
        continue;
      }
      if (!this.keepsZeros) out.set(scaling.zero, base);
      const { shift, factor, limit } = scaling;
      for (let k = 0; k < n; k++) {
        const j = indices[start + k];
        const value = (buffer[k] - shift[j]) * factor[j];
        out[base + j] = value > limit ? limit : value < -limit ? -limit : value;
      }
    }
  }

  sparseBatch(rows: ArrayLike<number>): CsrMatrix {
    if (!this.keepsZeros)
      throw new LacunaError('internal', 'This recipe turns zeros into other values, so a batch cannot stay sparse.');
    const { indptr, indices } = this.counts;
    const scaling = this.#scaling;
    let room = 0;
    for (let r = 0; r < rows.length; r++) room += indptr[rows[r] + 1] - indptr[rows[r]];
    const batch: CsrMatrix = {
      nObs: rows.length,
      nVar: this.nVar,
      indptr: new Uint32Array(rows.length + 1),
      indices: new Uint32Array(room),
      values: new Float32Array(room),
    };
    let next = 0;
    for (let r = 0; r < rows.length; r++) {
      const start = indptr[rows[r]];
      const n = this.#transform.write(rows[r], this.#buffer);
      for (let k = 0; k < n; k++) {
        const j = indices[start + k];
        const value = scaling ? (this.#buffer[k] - scaling.shift[j]) * scaling.factor[j] : this.#buffer[k];
        batch.values[next] = scaling ? Math.min(Math.max(value, -scaling.limit), scaling.limit) : value;
        // A gene that never changes is scaled to 0, and a sparse matrix holds no zeros.
        if (batch.values[next] === 0) continue;
        batch.indices[next++] = j;
      }
      batch.indptr[r + 1] = next;
    }
    if (next === room) return batch;
    return { ...batch, indices: batch.indices.slice(0, next), values: batch.values.slice(0, next) };
  }

  undo(values: Float32Array, rows: ArrayLike<number>, to: ValueScale, varsOf?: ArrayLike<number>): void {
    undoTransform(this.undoFacts, values, rows, to, varsOf);
  }

  get undoFacts(): UndoFacts {
    const { factor, log1p } = this.#transform;
    return { nVar: this.nVar, factor, log1p, scaling: this.#scaling };
  }
}
