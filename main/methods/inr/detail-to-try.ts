import type { TissuePositions } from './tissue-positions.ts';

/**
 * Detail to try, as shares of the finest that a grid of spots can show (neighbouring spots half a wave apart), coarse to
 * fine. The same patterns, in the units of each network.
 */
export const DETAIL_SHARES = [1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4] as const;

type Spots = Pick<TissuePositions, 'nDim' | 'spacing'>;

/** σ of Fourier features: waves per scaled unit. */
export function sigmasToTry({ spacing }: Spots): number[] {
  return DETAIL_SHARES.map((share) => share / (2 * spacing));
}

/**
 * ω of SIREN: its first weights are uniform in ±1/nDim, standard deviation 1/(√3 nDim), so ω = 2π σ √3 nDim makes its first
 * waves as long as Fourier features of that σ.
 */
export function omegasToTry({ nDim, spacing }: Spots): number[] {
  return sigmasToTry({ nDim, spacing }).map((sigma) => 2 * Math.PI * Math.sqrt(3) * nDim * sigma);
}

/** Cells along an axis of the finest grid of a hash grid: two cells to a wave. */
export function finestGridsToTry({ nDim, spacing }: Spots): number[] {
  return sigmasToTry({ nDim, spacing }).map((sigma) => Math.max(4, Math.round(8 * sigma)));
}
