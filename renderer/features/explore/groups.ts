import { categoryColour } from '../../../main/contract/palettes/categorical.ts';
import { clusterOrder } from '../../../main/contract/palettes/cluster-order.ts';
import type { Groups } from './explore-types.ts';

/**
 * Groups with their colours: those that were chosen, else the largest has the first one.
 *
 * @param codes [n], -1 where missing
 * @param chosen colour of each category
 */
export function makeGroups(
  label: string,
  codes: Int32Array,
  categories: readonly string[],
  chosen: readonly string[] | null = null,
): Groups {
  const { order, missing } = clusterOrder(codes, categories.length);
  const colours = categories.map((_, code) => chosen?.[code] ?? '#808080');
  if (chosen === null) order.forEach(({ code }, rank) => (colours[code] = categoryColour(rank)));
  return { label, codes, categories, order, missing, colours };
}

/** Values of some observations of the dataset. @param obs positions in the dataset */
export function gatherCodes(codes: Int32Array, obs: Int32Array): Int32Array {
  return Int32Array.from(obs, (position) => codes[position]);
}

/** Codes of some observations as codes of all `nObs`; the others have none. */
export function scatterCodes(codes: Int32Array, obs: Int32Array, nObs: number): Int32Array {
  const out = new Int32Array(nObs).fill(-1);
  obs.forEach((position, i) => (out[position] = codes[i]));
  return out;
}

/** 1 for the observations whose group is hidden; null when none is. Code -1 stands for those without a group. */
export function hiddenMask(codes: Int32Array, hidden: ReadonlySet<number>): Uint8Array | null {
  return hidden.size === 0 ? null : Uint8Array.from(codes, (code) => (hidden.has(code) ? 1 : 0));
}

/** Marks of some observations; null stays null. */
export function gatherMask(mask: Uint8Array | null, obs: Int32Array): Uint8Array | null {
  return mask === null ? null : Uint8Array.from(obs, (position) => mask[position]);
}

/** Marks of some observations as marks of all `nObs`. */
export function scatterMask(mask: Uint8Array, obs: Int32Array, nObs: number): Uint8Array {
  const out = new Uint8Array(nObs);
  // Several places may belong to one observation: one that is marked suffices.
  for (let i = 0; i < obs.length; i++) out[obs[i]] |= mask[i];
  return out;
}
