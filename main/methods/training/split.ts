import { Random } from '../../engine/random/random.ts';

/** Positions of the observations that train, and of those that only judge. */
export interface Split {
  training: Uint32Array;
  heldOut: Uint32Array;
}

/** A seeded random split; both parts ascending. Fewer than ten held-out observations judge nothing, so none are taken. */
export function splitObservations(nObs: number, heldOutShare: number, seed: number): Split {
  const order = Random.from(seed, 'split').shuffle(Uint32Array.from({ length: nObs }, (_, i) => i));
  const wanted = Math.round(nObs * heldOutShare);
  const nHeldOut = wanted < 10 ? 0 : wanted;
  return { training: order.slice(nHeldOut).sort(), heldOut: order.slice(0, nHeldOut).sort() };
}
