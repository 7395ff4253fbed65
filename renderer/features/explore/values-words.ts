import { hasOwnScale } from './count-kinds.ts';
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
      return `${made}, library size taken out`;
    case 'dropout':
      return 'dropout probability';
    case 'dropout-posterior':
      return 'zeros: probability of a dropout';
    case 'dispersion':
      return 'dispersion θ';
    case 'corrected':
      return `${made}, corrected for covariates`;
    default:
      return 'observed';
  }
}

/** The same with the unit of expression, where the values have one: 'log(1 + x), denoised', 'dropout probability'. */
export function valuesTitle(unit: string, kind: ValuesKind, isTested: boolean): string {
  const words = valuesWords(kind, isTested);
  return hasOwnScale(kind) && kind !== 'residual' ? words : `${unit}, ${words}`;
}
