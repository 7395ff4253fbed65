import type { ValueScale } from '../expression-source.ts';
import type { GeneScaling } from './gene-scaling.ts';

/** What is needed to go back from values as the network sees them. */
export interface UndoFacts {
  nVar: number;
  /** [nObs], what one count of the cell is worth. */
  factor: Float64Array;
  log1p: boolean;
  scaling: Pick<GeneScaling, 'shift' | 'factor'> | null;
}

/** Undoes the transform in place; see `ExpressionSource.undo`. */
export function undoTransform(
  facts: UndoFacts,
  values: Float32Array,
  rows: ArrayLike<number>,
  to: ValueScale,
  varsOf?: ArrayLike<number>,
): void {
  if (to === 'model') return;
  const { factor, log1p, scaling } = facts;
  const nVar = varsOf ? varsOf.length : facts.nVar;
  for (let r = 0; r < rows.length; r++) {
    const perCount = factor[rows[r]];
    const toCounts = perCount > 0 ? 1 / perCount : 0;
    for (let v = 0; v < nVar; v++) {
      const at = r * nVar + v;
      let value = values[at];
      if (scaling) {
        const j = varsOf ? varsOf[v] : v;
        value = value / scaling.factor[j] + scaling.shift[j];
      }
      if (!(value > 0)) {
        // Also where a network said NaN: that must stay visible.
        values[at] = Number.isNaN(value) ? NaN : 0;
        continue;
      }
      if (to === 'log') {
        values[at] = log1p ? value : Math.log1p(value);
        continue;
      }
      if (log1p) value = Math.expm1(value);
      values[at] = to === 'counts' ? value * toCounts : value;
    }
  }
}
