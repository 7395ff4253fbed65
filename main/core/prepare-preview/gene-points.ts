import type { ValueKind } from '../../dataset/dataset-source.ts';
import type { ExpressionSource } from '../../preprocess/expression-source.ts';
import type { Pacer } from '../../preprocess/pacer.ts';
import type { Normalisation } from '../../preprocess/recipe.ts';
import { CellTransform } from '../../preprocess/transform/cell-transform.ts';
import { targetSize } from '../../preprocess/transform/library-size.ts';
import { variabilityOf } from '../../preprocess/variable-genes/choose-variable-genes.ts';

/** Genes as points: how much there is of each, and how much it varies; arrays of one length. */
export interface GenePoints {
  measure: string;
  /** Position in the dataset. */
  index: number[];
  names: string[];
  logMean: number[];
  variability: number[];
  chosen: boolean[];
}

/** As many points as a chart can show and a person can tell apart. */
const MOST_POINTS = 5_000;

/**
 * The genes that the filter keeps, by the measure that a run would rank them with.
 *
 * @param plain the values as they are, filtered
 * @param prepared the same with the normalisation: its genes are the chosen ones
 */
export async function genePoints(
  plain: ExpressionSource,
  prepared: ExpressionSource,
  normalisation: Normalisation,
  valueKind: Exclude<ValueKind, 'real'>,
  pacer: Pacer,
): Promise<GenePoints> {
  const target = targetSize(normalisation.librarySize, Float64Array.from(plain.librarySize));
  const factor = Float64Array.from(plain.librarySize, (size) => (target === null ? 1 : size > 0 ? target / size : 0));
  const transform = new CellTransform(plain.counts, factor, normalisation.log1p, valueKind === 'counts');
  const scores = await variabilityOf(transform, valueKind, pacer);
  const chosen = new Set(prepared.varIndex);
  const shown = sample(plain, chosen, scores);
  return {
    measure: valueKind === 'counts' ? 'Standardised variance' : 'Normalised dispersion',
    index: shown.map((j) => plain.varIndex[j]),
    names: shown.map((j) => plain.varNames[j]),
    logMean: shown.map((j) => Math.log10(plain.geneMean[j])),
    variability: shown.map((j) => scores[j]),
    chosen: shown.map((j) => chosen.has(plain.varIndex[j])),
  };
}

/** Every chosen gene that fits, then others spread evenly over the dataset; genes without a place on the axes are left out. */
function sample(plain: ExpressionSource, chosen: ReadonlySet<number>, scores: Float64Array): number[] {
  const all = Array.from(scores.keys()).filter((j) => plain.geneMean[j] > 0 && Number.isFinite(scores[j]));
  const first = all.filter((j) => chosen.has(plain.varIndex[j]));
  const others = all.filter((j) => !chosen.has(plain.varIndex[j]));
  const kept = evenly(first, MOST_POINTS);
  return [...kept, ...evenly(others, MOST_POINTS - kept.length)].sort((a, b) => a - b);
}

function evenly(positions: number[], most: number): number[] {
  if (positions.length <= most) return positions;
  return Array.from({ length: most }, (_, i) => positions[Math.floor((i * positions.length) / most)]);
}
