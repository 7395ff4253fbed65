import type { ValueKind } from '../../dataset/dataset-source.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Pacer } from '../pacer.ts';
import { CellTransform } from '../transform/cell-transform.ts';
import { geneMoments } from '../transform/gene-moments.ts';
import { normalisedDispersion } from './dispersion.ts';
import { standardisedVariance } from './seurat-v3.ts';

/** Values up to this can be logarithms; nobody counts e²⁰ molecules in a cell. */
const LARGEST_LOGARITHM = 20;

/**
 * The `n` most variable genes, as ascending positions; all of them where there are no more than that, as in a targeted
 * panel, so that one recipe serves a panel and a whole transcriptome. Counts are ranked by `standardisedVariance` on the raw counts;
 * other non-negative values by `normalisedDispersion`, on the library-size scale when the recipe takes logarithms
 * itself, and after exp(x) − 1 when it does not and no value is above 20, as then they are logarithms already.
 *
 * @throws LacunaError `unsupported` for values below 0
 */
export async function chooseVariableGenes(
  transform: CellTransform,
  valueKind: ValueKind,
  n: number,
  pacer: Pacer,
): Promise<Uint32Array> {
  const { counts } = transform;
  if (n >= counts.nVar) return Uint32Array.from({ length: counts.nVar }, (_, j) => j);
  return mostVariable(await variabilityOf(transform, valueKind, pacer), n);
}

/**
 * How variable every gene is, by the measure that suits the values: [nVar]; more is more variable.
 *
 * @throws LacunaError `unsupported` for values below 0
 */
export async function variabilityOf(
  transform: CellTransform,
  valueKind: ValueKind,
  pacer: Pacer,
): Promise<Float64Array> {
  if (valueKind === 'real')
    throw new LacunaError(
      'unsupported',
      'Variable genes cannot be chosen: the matrix holds values below 0, and both ways to rank genes need counts or other non-negative values.',
      'Import the raw counts of this dataset, or keep all genes.',
    );
  return valueKind === 'counts' ? standardisedVariance(transform.counts, pacer) : dispersionOf(transform, pacer);
}

/** Ascending positions of the `n` greatest scores. */
function mostVariable(scores: Float64Array, n: number): Uint32Array {
  // Ties go to the earlier gene, so that the choice is the same on every machine.
  const ranked = Uint32Array.from(scores.keys()).sort((a, b) => scores[b] - scores[a] || a - b);
  return ranked.slice(0, n).sort();
}

async function dispersionOf(transform: CellTransform, pacer: Pacer): Promise<Float64Array> {
  const { counts, factor } = transform;
  let linear = new CellTransform(counts, factor, false, false);
  if (!transform.log1p) {
    let largest = 0;
    for (let k = 0; k < counts.indptr[counts.nObs]; k++) largest = Math.max(largest, counts.values[k]);
    if (largest <= LARGEST_LOGARITHM)
      linear = new CellTransform({ ...counts, values: counts.values.map(Math.expm1) }, factor, false, false);
  }
  const { mean, variance } = await geneMoments(linear, null, pacer);
  const correction = counts.nObs / Math.max(counts.nObs - 1, 1);
  return normalisedDispersion(
    mean,
    variance.map((v) => v * correction),
  );
}
