/** How a new selection meets the one that is there. */
export type SelectionMode = 'replace' | 'add' | 'subtract' | 'intersect';

/** Both as masks [n] of 0 and 1; `before` may be null for nothing. Answers a new mask. */
export function combineSelection(before: Uint8Array | null, added: Uint8Array, mode: SelectionMode): Uint8Array {
  const out = new Uint8Array(added.length);
  for (let i = 0; i < added.length; i++) {
    const was = before === null ? 0 : before[i];
    if (mode === 'replace') out[i] = added[i];
    else if (mode === 'add') out[i] = was | added[i];
    else if (mode === 'subtract') out[i] = was & (added[i] ^ 1);
    else out[i] = was & added[i];
  }
  return out;
}

/** How many are in a mask. */
export function countSelected(mask: Uint8Array | null): number {
  let count = 0;
  if (mask !== null) for (const one of mask) count += one;
  return count;
}

/** What the keys say: Shift adds, Alt takes away, both intersect; without a key the chosen mode holds. */
export function modeOfKeys(keys: { shiftKey: boolean; altKey: boolean }, chosen: SelectionMode): SelectionMode {
  if (keys.shiftKey && keys.altKey) return 'intersect';
  if (keys.shiftKey) return 'add';
  return keys.altKey ? 'subtract' : chosen;
}
