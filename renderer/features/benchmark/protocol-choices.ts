import type { Protocol } from './benchmark-types.ts';

/** Shares of spots that SUICA's paper trains on (its Table 8), in percent. */
export const USUAL_SHARES = [80, 60, 40, 20] as const;

/** Which protocols are wanted, with the numbers as people write them. */
export interface ProtocolChoices {
  /** Percent of spots that are trained on; each is a protocol of its own. */
  spatial: readonly number[];
  /** Percent of entries that are muted; null: not wanted. */
  muted: number | null;
  /** Standard deviation of the noise. */
  noise: number | null;
  /** Percent of molecules that stay. */
  thinned: number | null;
  /** Percent of cells whose likelihood is judged. */
  heldOut: number | null;
}

/** The protocols that were chosen, the easiest of each kind first. */
export function protocolsOf({ spatial, muted, noise, thinned, heldOut }: ProtocolChoices): Protocol[] {
  const protocols: Protocol[] = spatial
    .toSorted((a, b) => b - a)
    .map((percent) => ({
      kind: 'spatial-imputation',
      trainShare: percent / 100,
      // A fifth of the spots is judged, the same for every share; less where training leaves less.
      testShare: Math.min(20, 100 - percent) / 100,
    }));
  if (muted !== null) protocols.push({ kind: 'gene-imputation', mutedShare: muted / 100 });
  if (noise !== null) protocols.push({ kind: 'gaussian-noise', sd: noise });
  if (thinned !== null) protocols.push({ kind: 'thinning', keptShare: thinned / 100 });
  if (heldOut !== null) protocols.push({ kind: 'likelihood', heldOutShare: heldOut / 100 });
  return protocols;
}

/** What is wrong with the numbers, in words; null: nothing. */
export function protocolProblem({ spatial, muted, noise, thinned, heldOut }: ProtocolChoices): string | null {
  if (!spatial.every((percent) => percent >= 5 && percent <= 95))
    return 'The share of spots to train on must lie between 5 and 95 %.';
  if (muted !== null && !(muted >= 1 && muted <= 99)) return 'The share of muted entries must lie between 1 and 99 %.';
  if (noise !== null && !(noise > 0 && noise <= 100))
    return 'The standard deviation of the noise must be above 0 and at most 100.';
  if (thinned !== null && !(thinned >= 1 && thinned <= 99))
    return 'The share of molecules that stay must lie between 1 and 99 %.';
  if (heldOut !== null && !(heldOut >= 1 && heldOut <= 50))
    return 'The share of cells held out must lie between 1 and 50 %.';
  return null;
}
