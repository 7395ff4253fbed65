/** Corners of a polygon, `x0, y0, x1, y1 …`; it closes itself. */
export type Polygon = readonly number[];

/** The box between two opposite corners. */
export function boxPolygon(x0: number, y0: number, x1: number, y1: number): Polygon {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/**
 * Which points lie inside, by the even-odd rule. Brute force: 120,000 points against a lasso take some milliseconds,
 * since most fail the box around it.
 *
 * @param flat [n, 2]
 * @returns [n], 1 inside, 0 outside
 */
export function pointsInside(flat: Float32Array, polygon: Polygon): Uint8Array {
  const n = flat.length / 2;
  const inside = new Uint8Array(n);
  const corners = polygon.length / 2;
  if (corners < 3) return inside;
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < polygon.length; at += 2) {
    minX = Math.min(minX, polygon[at]);
    maxX = Math.max(maxX, polygon[at]);
    minY = Math.min(minY, polygon[at + 1]);
    maxY = Math.max(maxY, polygon[at + 1]);
  }
  for (let i = 0; i < n; i++) {
    const x = flat[2 * i];
    const y = flat[2 * i + 1];
    if (!(x >= minX && x <= maxX && y >= minY && y <= maxY)) continue;
    let crossings = 0;
    for (let a = 0, b = corners - 1; a < corners; b = a++) {
      const ay = polygon[2 * a + 1];
      const by = polygon[2 * b + 1];
      if (ay > y === by > y) continue;
      const ax = polygon[2 * a];
      const crossing = ax + ((polygon[2 * b] - ax) * (y - ay)) / (by - ay);
      if (x < crossing) crossings ^= 1;
    }
    inside[i] = crossings;
  }
  return inside;
}
