/**
 * Diameter of a point on the screen, CSS pixels: as large as `n` points leave room for, growing with the zoom but slower
 * than it, so that dense places open up.
 *
 * @param zoom 1 when everything is in view
 */
export function suitableSize(n: number, width: number, height: number, zoom: number): number {
  const room = 0.6 * Math.sqrt((width * height) / Math.max(1, n));
  const base = Math.min(6, Math.max(1.8, room));
  return Math.min(28, Math.max(1.2, base * Math.sqrt(zoom)));
}

/**
 * Typical distance between neighbours on a lattice or in tissue, data units: the side of the square that one point
 * would have if all shared the space evenly.
 */
export function typicalSpacing(
  flatBounds: { minX: number; maxX: number; minY: number; maxY: number },
  n: number,
): number {
  const area = (flatBounds.maxX - flatBounds.minX) * (flatBounds.maxY - flatBounds.minY);
  return n > 0 && area > 0 ? Math.sqrt(area / n) : 1;
}
