import { LacunaError } from '../errors/lacuna-error.ts';

/** A space in which observations lie: a latent, a set of principal components … */
export interface Points {
  /** [nObs, nDim], row-major, finite */
  values: Float32Array | Float64Array;
  nObs: number;
  nDim: number;
}

/**
 * Checks that a space can be measured in.
 * @throws LacunaError `bad-option` when the length does not fit or a value is NaN or infinite; names the observation
 */
export function checkPoints({ values, nObs, nDim }: Points): void {
  if (nDim < 1 || values.length !== nObs * nDim) {
    throw new LacunaError(
      'bad-option',
      `The space has ${values.length} values, but ${nObs} observations × ${nDim} dimensions were expected.`,
    );
  }
  for (let at = 0; at < values.length; at++) {
    if (Number.isFinite(values[at])) continue;
    throw new LacunaError(
      'bad-option',
      `Observation ${Math.floor(at / nDim) + 1} has the value ${values[at]} in dimension ${(at % nDim) + 1} of this space; only finite numbers can be placed.`,
      'The run has probably diverged. Train it again, with a lower learning rate.',
    );
  }
}
