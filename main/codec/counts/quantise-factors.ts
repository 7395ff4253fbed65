import { LOG_MEAN_STEPS } from './count-distribution.ts';
import type { CountFactors } from './count-factors.ts';
import type { CountModel } from './count-model.ts';

/** Steps to which factors are rounded: 2^−cell and 2^−gene. */
export interface FactorSteps {
  cell: number;
  gene: number;
}

/** Whole numbers from factors; bases and levels are still to be fitted. */
export function quantiseFactors(
  logSize: Float64Array,
  nVar: number,
  { nFactors, cell, gene }: CountFactors,
  steps: FactorSteps,
): CountModel {
  const rounded = (values: Float32Array, digits: number): Int16Array =>
    Int16Array.from(values, (value) => Math.max(-32_000, Math.min(32_000, Math.round(value * 2 ** digits))));
  return {
    nObs: logSize.length,
    nVar,
    nFactors,
    fractionBits: steps.cell + steps.gene,
    size: Int16Array.from(logSize, (value) => Math.round(value * LOG_MEAN_STEPS)),
    cell: rounded(cell, steps.cell),
    base: new Int16Array(nVar),
    level: new Uint8Array(nVar),
    gene: rounded(gene, steps.gene),
  };
}
