import { finerFactor, type ValuesKind } from './explore-types.ts';

/** What kind of values are shown, in a few words. @param isTested the run predicted what its protocol kept from it */
export function valuesWords(kind: ValuesKind, isTested: boolean): string {
  const made = isTested ? 'predicted' : 'denoised';
  const factor = finerFactor(kind);
  if (factor !== null) return `between spots, ${factor} × as fine`;
  if (kind === 'residual') return `observed − ${made}`;
  if (kind === 'shown') return 'shown to the run';
  return kind === 'denoised' ? made : 'observed';
}
