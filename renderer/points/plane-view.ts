import type { Rotation } from './rotation.ts';

/** How a map lies on the screen: mirrored left to right first, then turned clockwise. Every flip and turn is one of these. */
export interface PlaneView {
  mirrored: boolean;
  /** 0 … 360, clockwise */
  degrees: number;
}

export const AS_IT_IS: PlaneView = { mirrored: false, degrees: 0 };

/** What is left on the screen comes to the right: F·R(a)·M = R(−a)·F·M. */
export function flippedAcross({ mirrored, degrees }: PlaneView): PlaneView {
  return { mirrored: !mirrored, degrees: wrapped(-degrees) };
}

/** What is up on the screen comes down: a flip across and half a turn. */
export function flippedOver({ mirrored, degrees }: PlaneView): PlaneView {
  return { mirrored: !mirrored, degrees: wrapped(180 - degrees) };
}

export function turned({ mirrored, degrees }: PlaneView, by: number): PlaneView {
  return { mirrored, degrees: wrapped(degrees + by) };
}

export function isAsItIs({ mirrored, degrees }: PlaneView): boolean {
  return !mirrored && degrees === 0;
}

/** The same as a rotation of the points. @param yDown whether y grows downwards on the screen */
export function planeRotation({ mirrored, degrees }: PlaneView, yDown: boolean): Rotation {
  const angle = (degrees * Math.PI) / 180;
  // Quarter turns exactly, so that squares stay squares.
  const quarter = degrees % 90 === 0;
  const c = quarter ? Math.round(Math.cos(angle)) : Math.cos(angle);
  const s = (quarter ? Math.round(Math.sin(angle)) : Math.sin(angle)) * (yDown ? 1 : -1);
  const across = mirrored ? -1 : 1;
  return [c * across, -s, 0, s * across, c, 0, 0, 0, 1];
}

function wrapped(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}
