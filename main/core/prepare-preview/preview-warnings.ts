import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { ValueKind } from '../../dataset/dataset-source.ts';
import { grouped } from '../../preprocess/grouped-number.ts';
import type { Normalisation } from '../../preprocess/recipe.ts';

/** Values up to this can be logarithms; nobody counts e²⁰ molecules in a cell. */
const LARGEST_LOGARITHM = 20;

/** Whether values are no counts, not negative, and all small enough to be logarithms. */
export function looksLogarithmic({ nObs, indptr, values }: CsrMatrix, valueKind: ValueKind): boolean {
  if (valueKind !== 'nonnegative') return false;
  const n = indptr[nObs];
  for (let k = 0; k < n; k++) if (values[k] > LARGEST_LOGARITHM) return false;
  return true;
}

interface Facts {
  normalisation: Normalisation;
  valueKind: ValueKind;
  looksLogarithmic: boolean;
  nMeasured: number;
  nTotal: number;
  /** Genes that the filter keeps. */
  nVar: number;
  /** Totals of the cells that the filter keeps. */
  librarySize: Float32Array;
}

/** What a person should know before this is put in force, in plain sentences. */
export function previewWarnings(facts: Facts): string[] {
  const { normalisation, valueKind, nMeasured, nTotal, nVar } = facts;
  const { librarySize, log1p, variableGenes } = normalisation;
  const warnings: string[] = [];
  if (facts.looksLogarithmic && log1p) {
    warnings.push(
      'These values look like logarithms already: they are no whole numbers and none is above 20. Taking the logarithm again squeezes what differs between cells. Import the raw counts, or switch off log(1 + x).',
    );
  } else if (facts.looksLogarithmic && librarySize !== 'none') {
    warnings.push(
      'These values look like logarithms already, and the sum of logarithms is no library size. Import the raw counts, or scale to no library size.',
    );
  } else if (valueKind === 'nonnegative') {
    warnings.push(
      'These values are no counts (they are not whole numbers). They may be normalised already; check what the file holds.',
    );
  }
  if (valueKind === 'real') {
    warnings.push(
      'These values go below 0, so they are scaled or centred already. Methods that model counts cannot use them.',
    );
  }
  if (valueKind === 'counts' && librarySize === 'none' && log1p) {
    warnings.push(
      'Cells with more counts will look different for that reason alone: they are not scaled to a common library size.',
    );
  }
  const empty = facts.librarySize.reduce((n, size) => n + Number(size === 0), 0);
  if (empty > 0) {
    warnings.push(
      `${grouped(empty)} ${empty === 1 ? 'cell has' : 'cells have'} no counts at all. A limit on the counts per cell takes them away.`,
    );
  }
  if (variableGenes !== null && variableGenes >= nVar) {
    warnings.push(
      `The filter keeps ${grouped(nVar)} genes, no more than the ${grouped(variableGenes)} variable ones that are asked for: all of them are used.`,
    );
  }
  if (nMeasured < nTotal) {
    warnings.push(
      `Worked out on ${grouped(nMeasured)} of ${grouped(nTotal)} cells, so the figures are estimates. A run uses all cells.`,
    );
  }
  return warnings;
}
