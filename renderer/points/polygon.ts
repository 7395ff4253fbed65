/** Corners of a polygon, `x0, y0, x1, y1 …`; it closes itself. */
export type Polygon = readonly number[];

/** The box between two opposite corners. */
export function boxPolygon(x0: number, y0: number, x1: number, y1: number): Polygon {
  return [x0, y0, x1, y0, x1, y1, x0, y1];
}

/** Level strips that the polygon is cut into: a point is compared with the sides that cross its strip alone. */
const STRIPS = 128;

/**
 * Which points lie inside, by the even-odd rule.
 *
 * @param flat [n, 2]
 * @returns [n], 1 inside, 0 outside
 */
export function pointsInside(flat: Float32Array, polygon: Polygon): Uint8Array {
  const n = flat.length / 2;
  const inside = new Uint8Array(n);
  if (polygon.length < 6) return inside;
  let [minX, maxX, minY, maxY] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < polygon.length; at += 2) {
    minX = Math.min(minX, polygon[at]);
    maxX = Math.max(maxX, polygon[at]);
    minY = Math.min(minY, polygon[at + 1]);
    maxY = Math.max(maxY, polygon[at + 1]);
  }
  const stripOf = (y: number): number => Math.min(STRIPS - 1, Math.floor(((y - minY) / (maxY - minY || 1)) * STRIPS));
  const strips = sidesByStrip(polygon, stripOf);
  for (let i = 0; i < n; i++) {
    const x = flat[2 * i];
    const y = flat[2 * i + 1];
    if (!(x >= minX && x <= maxX && y >= minY && y <= maxY)) continue;
    const sides = strips[stripOf(y)];
    let crossings = 0;
    for (let at = 0; at < sides.length; at += 4) {
      const ay = sides[at + 1];
      const by = sides[at + 3];
      if (ay > y === by > y) continue;
      const ax = sides[at];
      if (x < ax + ((sides[at + 2] - ax) * (y - ay)) / (by - ay)) crossings ^= 1;
    }
    inside[i] = crossings;
  }
  return inside;
}

/** Sides as `ax, ay, bx, by …` of every strip that they cross. */
function sidesByStrip(polygon: Polygon, stripOf: (y: number) => number): number[][] {
  const strips = Array.from({ length: STRIPS }, (): number[] => []);
  const corners = polygon.length / 2;
  for (let a = 0, b = corners - 1; a < corners; b = a++) {
    const [ax, ay, bx, by] = [polygon[2 * a], polygon[2 * a + 1], polygon[2 * b], polygon[2 * b + 1]];
    for (let strip = stripOf(Math.min(ay, by)); strip <= stripOf(Math.max(ay, by)); strip++)
      strips[strip].push(ax, ay, bx, by);
  }
  return strips;
}
