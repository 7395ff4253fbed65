import type { ContinuousPalette } from '../../../main/contract/palettes/continuous.ts';
import { countValuesSchema, type CountValues } from '../../../main/contract/entities/count-values.ts';
import type { ValuesKind } from './explore-types.ts';
import { centred, rangesOf, type ValueRange } from './value-range.ts';

/** Whether the values are what a count model says besides its denoised ones. */
export function isCountKind(kind: ValuesKind): kind is CountValues {
  return countValuesSchema.safeParse(kind).success;
}

/** Values that are no expression have a scale of their own: differences, probabilities, dispersions. */
export function hasOwnScale(kind: ValuesKind): boolean {
  return kind === 'residual' || kind === 'dropout' || kind === 'dropout-posterior' || kind === 'dispersion';
}

/** Not the colours of expression, so that a probability is not taken for one. */
export function ownPalette(kind: ValuesKind): ContinuousPalette {
  return kind === 'residual' ? 'blue-white-red' : 'cividis';
}

/** Differences lie about 0, probabilities begin there; the ends leave out the highest hundredth. */
export function ownScale(kind: ValuesKind, arrays: readonly Float32Array[]): ValueRange {
  const found = rangesOf(arrays)?.clipped;
  if (kind === 'residual') return centred(found ?? { min: -1, max: 1 });
  if (kind === 'dispersion') return found ?? { min: 0, max: 1 };
  return { min: 0, max: found && found.max > 0 ? found.max : 1 };
}
