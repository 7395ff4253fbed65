import type { Colouring } from './colouring.ts';
import type { OutlineMesh } from './outlines.ts';
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
  /** Angle by which squares are turned on the screen, clockwise, radians. */
  spin: number;
  /** Of the points, 0 … 1. */
  opacity: number;
  /** Of the picture beneath: 1 as it is, 0 black, 2 white. */
  brightness: number;
  /** False: only what lies beneath and around them. */
  showPoints: boolean;
  /** '#rrggbb'; null: no outlines */
  outlineColour: string | null;
  /** Outlines are filled with the colours of their points. */
  fillOutlines: boolean;
  /** '#rrggbb' */
  background: string;
  missing: string;
}

/** A picture beneath the points: its upper left corner is at 0, 0. */
export interface Backdrop {
  picture: ImageBitmap;
  /** Data units. */
  width: number;
  height: number;
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
  setBackdrop(backdrop: Backdrop | null): void;
  setOutlines(mesh: OutlineMesh | null): void;
  draw(frame: Frame): void;
  /** Called when a lost context of the graphics card came back and a frame is due. */
  onRestored: () => void;
  /** True while the graphics card does not answer. */
  readonly isLost: boolean;
  /** Lets the points go; what it takes to draw others is kept. */
  clear(): void;
  dispose(): void;
}
