import { createCanvasSurface } from './canvas-surface.ts';
import type { PointsSurface } from './surface.ts';
import { createWebglSurface } from './webgl-surface.ts';

/** A canvas and what draws on it; null where the browser has neither WebGL2 nor a plain canvas. */
export interface PointCanvas {
  canvas: HTMLCanvasElement;
  surface: PointsSurface | null;
}

/** As many as Explore shows side by side; browsers allow about sixteen contexts of the graphics card in all. */
const MOST_KEPT = 4;
const spare: PointCanvas[] = [];

/**
 * A canvas ready to draw points, preferably one that was used before: a new context of the graphics card takes long enough
 * to be felt (up to 0.2 s where the processor draws and is busy with a training).
 */
export function takePointCanvas(): PointCanvas {
  for (let kept = spare.pop(); kept !== undefined; kept = spare.pop()) {
    if (kept.surface !== null && !kept.surface.isLost) return kept;
    kept.surface?.dispose();
  }
  return makePointCanvas();
}

/** Takes a canvas back for the next picture. Its points are let go. */
export function returnPointCanvas(used: PointCanvas): void {
  used.canvas.remove();
  if (used.surface?.kind !== 'webgl2' || used.surface.isLost || spare.length >= MOST_KEPT) {
    used.surface?.dispose();
    return;
  }
  used.surface.clear();
  // It keeps its size: every change makes the page wait for the graphics card. The next scene draws before it is seen.
  spare.push(used);
}

/** Makes the first canvas while the window has nothing else to do. */
export function preparePointCanvas(): void {
  const prepare = (): void => {
    if (spare.length === 0) returnPointCanvas(makePointCanvas());
  };
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback === 'function') requestIdleCallback(prepare, { timeout: 3000 });
  else setTimeout(prepare, 500);
}

function makePointCanvas(): PointCanvas {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('aria-hidden', 'true');
  return { canvas, surface: createWebglSurface(canvas) ?? createCanvasSurface(canvas) };
}
