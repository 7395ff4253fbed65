import type { Colouring } from './colouring.ts';

const BINS = 4096;

/**
 * Order in which points are drawn, later ones on top: the missing first, then low values before high ones, so that hits
 * are seen; in groups as they come. Selected points come after all others.
 *
 * Values are put into 4,096 bins rather than sorted: what is in one bin has one colour.
 *
 * @param selected [n], 1 where selected; null when nothing is
 * @returns [n], positions of points
 */
export function drawOrder(colouring: Colouring, n: number, selected: Uint8Array | null): Uint32Array {
  const bins = new Uint16Array(n);
  if (colouring.kind === 'categorical') {
    for (let i = 0; i < n; i++) bins[i] = colouring.codes[i] < 0 ? 0 : 1;
  } else if (colouring.kind === 'numeric') {
    const { values } = colouring;
    let min = Infinity;
    let max = -Infinity;
    for (let i = 0; i < n; i++) {
      if (values[i] < min) min = values[i];
      if (values[i] > max && values[i] < Infinity) max = values[i];
    }
    const perBin = max > min ? (BINS - 2) / (max - min) : 0;
    for (let i = 0; i < n; i++) bins[i] = Number.isFinite(values[i]) ? 1 + Math.floor((values[i] - min) * perBin) : 0;
  }
  if (selected) for (let i = 0; i < n; i++) if (selected[i]) bins[i] += BINS;
  const starts = new Uint32Array(2 * BINS + 1);
  for (let i = 0; i < n; i++) starts[bins[i] + 1]++;
  for (let b = 1; b < starts.length; b++) starts[b] += starts[b - 1];
  const order = new Uint32Array(n);
  for (let i = 0; i < n; i++) order[starts[bins[i]]++] = i;
  return order;
}
