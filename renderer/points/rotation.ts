import type { Bounds } from './camera.ts';

/** A rotation of three dimensions, row by row. */
export type Rotation = readonly [number, number, number, number, number, number, number, number, number];

export const NO_ROTATION: Rotation = [1, 0, 0, 0, 1, 0, 0, 0, 1];

/** Turns on: about the screen's upright axis by `yaw`, then about its level axis by `pitch`, radians. */
export function orbited(rotation: Rotation, yaw: number, pitch: number): Rotation {
  const [cy, sy, cp, sp] = [Math.cos(yaw), Math.sin(yaw), Math.cos(pitch), Math.sin(pitch)];
  const turn: Rotation = [cy, 0, sy, sp * sy, cp, -sp * cy, -cp * sy, sp, cp * cy];
  return product(turn, rotation);
}

function product(a: Rotation, b: Rotation): Rotation {
  const out = new Array<number>(9);
  for (let row = 0; row < 3; row++) {
    for (let column = 0; column < 3; column++) {
      out[3 * row + column] = a[3 * row] * b[column] + a[3 * row + 1] * b[3 + column] + a[3 * row + 2] * b[6 + column];
    }
  }
  return out as unknown as Rotation;
}

/** Middle of the box around the points, `[x, y, z]`; z is 0 in two dimensions. Points that are not numbers are left out. */
export function middleOf(positions: Float32Array, nDim: 2 | 3): [number, number, number] {
  const middle: [number, number, number] = [0, 0, 0];
  for (let d = 0; d < nDim; d++) {
    let min = Infinity;
    let max = -Infinity;
    for (let at = d; at < positions.length; at += nDim) {
      if (positions[at] < min) min = positions[at];
      if (positions[at] > max) max = positions[at];
    }
    middle[d] = min <= max ? (min + max) / 2 : 0;
  }
  return middle;
}

/** What is seen of the points: [n, 2], turned about the pivot; the points themselves where a plane is not turned. */
export function flattened(
  positions: Float32Array,
  nDim: 2 | 3,
  rotation: Rotation,
  pivot: readonly [number, number, number],
): Float32Array {
  const [a, b, c, d, e, f] = rotation;
  if (nDim === 2) {
    if (rotation === NO_ROTATION) return positions;
    const turned = new Float32Array(positions.length);
    for (let at = 0; at < positions.length; at += 2) {
      const x = positions[at] - pivot[0];
      const y = positions[at + 1] - pivot[1];
      turned[at] = a * x + b * y;
      turned[at + 1] = d * x + e * y;
    }
    return turned;
  }
  const n = positions.length / 3;
  const flat = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    const x = positions[3 * i] - pivot[0];
    const y = positions[3 * i + 1] - pivot[1];
    const z = positions[3 * i + 2] - pivot[2];
    flat[2 * i] = a * x + b * y + c * z;
    flat[2 * i + 1] = d * x + e * y + f * z;
  }
  return flat;
}

/** Box around points [n, 2]. */
export function boundsOf(flat: Float32Array): Bounds {
  const bounds = { minX: Infinity, maxX: -Infinity, minY: Infinity, maxY: -Infinity };
  for (let at = 0; at < flat.length; at += 2) {
    const x = flat[at];
    const y = flat[at + 1];
    if (x < bounds.minX) bounds.minX = x;
    if (x > bounds.maxX) bounds.maxX = x;
    if (y < bounds.minY) bounds.minY = y;
    if (y > bounds.maxY) bounds.maxY = y;
  }
  return bounds.minX <= bounds.maxX ? bounds : { minX: 0, maxX: 1, minY: 0, maxY: 1 };
}

/** Largest distance of a point from the pivot; a turned picture never leaves that circle. */
export function radiusOf(positions: Float32Array, pivot: readonly [number, number, number]): number {
  let largest = 0;
  for (let at = 0; at < positions.length; at += 3) {
    const distance = Math.hypot(positions[at] - pivot[0], positions[at + 1] - pivot[1], positions[at + 2] - pivot[2]);
    if (distance > largest) largest = distance;
  }
  return largest || 1;
}
