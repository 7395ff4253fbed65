/** Positions whose flag is set. */
export function positionsOf(flags: Uint8Array): Uint32Array {
  let n = 0;
  for (let i = 0; i < flags.length; i++) n += flags[i];
  const positions = new Uint32Array(n);
  for (let i = 0, next = 0; i < flags.length; i++) if (flags[i]) positions[next++] = i;
  return positions;
}
