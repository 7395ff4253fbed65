import type { Colouring } from './colouring.ts';
import type { Rotation } from './rotation.ts';

/** What a point looks like beyond its colour. */
export const POINT_STATE = { normal: 0, dimmed: 1, hidden: 2, selected: 3 } as const;

/** How the points are looked at in one frame. */
export interface Frame {
  /** Device pixels. */
  width: number;
  height: number;
  rotation: Rotation;
  pivot: readonly [number, number, number];
  /** 3-D only: largest distance from the pivot; 0 in two dimensions. */
  radius: number;
  centreX: number;
  centreY: number;
  /** Device pixels of one data unit. */
  scale: number;
  yDown: boolean;
  /** Device pixels. */
  pointSize: number;
  square: boolean;
  /** '#rrggbb' */
  background: string;
  missing: string;
}

/** Draws points on a canvas: by the graphics card, or without one. */
export interface PointsSurface {
  readonly kind: 'webgl2' | 'canvas';
  /** @param positions [n, nDim] */
  setPositions(positions: Float32Array, nDim: 2 | 3): void;
  setColouring(colouring: Colouring): void;
  /** [n], values of `POINT_STATE` */
  setStates(states: Uint8Array): void;
  /** [n], positions of points, the topmost last */
  setOrder(order: Uint32Array): void;
  draw(frame: Frame): void;
  dispose(): void;
}
