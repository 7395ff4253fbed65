import type { CoordinateShape } from './network/coordinate-network.ts';

/** The detail in force, by the name its paper gives it. */
export function detailSummary({ encoding }: CoordinateShape): Record<string, number> {
  if (encoding.kind === 'fourier') return { sigma: encoding.sigma };
  if (encoding.kind === 'sine') return { omega: encoding.omega };
  return encoding.kind === 'hash' ? { finest: encoding.finest } : {};
}
