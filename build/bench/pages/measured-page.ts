/** What both measured pages say of themselves, on `window.measured`; times in milliseconds. */
export interface MeasuredPage {
  renderer: string;
  /** From before the points are handed over until they are drawn. */
  firstPicture: number;
  /** From categories to a gene, drawn; one of each time. */
  recolour: number[];
  /** A polygon of 60 corners: which points lie inside it. */
  inside: number[];
  /** How many do. */
  nInside: number;
  /** The nearest point, the first time with whatever has to be prepared. */
  firstPick: number;
  pick: number;
  /** When each frame began to be drawn, since the page was opened. */
  frames: number[];
  /** From letting go of a lasso until what it selected is drawn. */
  lasso: number | null;
}

declare global {
  interface Window {
    measured?: MeasuredPage;
  }
}

export const WIDTH = 1000;
export const HEIGHT = 800;

/** A star of 60 corners about the middle of the points: neither convex nor small. */
export function lassoPolygon(): number[] {
  return Array.from({ length: 60 }, (_, i) => {
    const radius = i % 2 === 0 ? 5 : 3;
    return [radius * Math.cos((i * Math.PI) / 30), radius * Math.sin((i * Math.PI) / 30)];
  }).flat();
}

/** Waits until everything that was asked of the graphics side is drawn: a pixel can be read only then. */
export function waitUntilDrawn(gl: WebGL2RenderingContext): void {
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
}

export function rendererName(gl: WebGL2RenderingContext): string {
  const named = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(named?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER));
}

export function nextFrame(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(resolve));
}

/** A pause in which what is still to be drawn is drawn. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 4; i++) await nextFrame();
  await new Promise((resolve) => setTimeout(resolve, 50));
}

/** Whether spots of their true size over a picture are asked for, instead of an embedding. */
export function isSection(): boolean {
  return new URLSearchParams(location.search).has('section');
}

export function askedPoints(): number {
  return Number(new URLSearchParams(location.search).get('n') ?? 120_000);
}
