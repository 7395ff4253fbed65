import type { UndoFacts } from './undo-transform.ts';

/**
 * Normalised values of one gene as the network sees them: the other way round from `undoTransform`.
 *
 * @param position of the gene in the run
 * @param clip largest absolute z-score; Infinity where nothing is clipped
 */
export function redoTransform(
  normalised: Float32Array,
  position: number,
  { log1p, scaling }: UndoFacts,
  clip: number,
): Float32Array {
  return normalised.map((value) => {
    const transformed = log1p ? Math.log1p(value) : value;
    if (scaling === null) return transformed;
    const scaled = (transformed - scaling.shift[position]) * scaling.factor[position];
    return Math.min(clip, Math.max(-clip, scaled));
  });
}
