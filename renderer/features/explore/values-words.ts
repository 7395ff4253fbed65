import type { CountValues } from '../../../main/contract/entities/count-values.ts';
import { hasOwnScale, isCountKind } from './count-kinds.ts';
import { finerFactor, type ValuesKind } from './explore-types.ts';

/** What kind of values are shown, in a few words. @param isTested the run predicted what its protocol kept from it */
export function valuesWords(kind: ValuesKind, isTested: boolean): string {
  const made = isTested ? 'predicted' : 'denoised';
  const factor = finerFactor(kind);
  if (factor !== null) return `between spots, ${factor} × as fine`;
  switch (kind) {
    case 'residual':
      return `observed − ${made}`;
    case 'shown':
      return 'shown to the run';
    case 'denoised':
      return made;
    case 'rate':
      return 'rate';
    case 'dropout':
      return 'dropout';
    case 'dropout-posterior':
      return 'zero lost?';
    case 'dispersion':
      return 'dispersion';
    case 'corrected':
      return 'corrected';
    default:
      return 'observed';
  }
}

const LONG: Record<CountValues, string> = {
  rate: 'rate, as in a cell of median size',
  dropout: 'probability of a dropout',
  'dropout-posterior': 'zeros: probability of a dropout',
  dispersion: 'dispersion θ',
  corrected: 'denoised, corrected for covariates',
};

/** The same where there is room, with the unit of expression where the values have one: 'log(1 + x), denoised'. */
export function valuesTitle(unit: string, kind: ValuesKind, isTested: boolean): string {
  const words = isCountKind(kind) ? LONG[kind] : valuesWords(kind, isTested);
  return unit === '' || (hasOwnScale(kind) && kind !== 'residual') ? words : `${unit}, ${words}`;
}
