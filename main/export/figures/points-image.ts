import { encodePng } from './png.ts';

/** Discs of one colour, in pixels of the figure. */
export interface DiscLayer {
  /** '#rrggbb' */
  colour: string;
  /** [n, 2], centres relative to the upper left corner of the image. */
  centres: Float32Array;
}

/** Pixels of the image for a pixel of the figure: 240 dots per inch. */
const DENSITY = 2.5;

/**
 * Many discs as one PNG, in the order given, later ones on top, with smooth edges on a clear ground.
 *
 * @param width of the image in pixels of the figure, as are `height` and `radius`
 */
export function pointsImage(layers: readonly DiscLayer[], width: number, height: number, radius: number): Buffer {
  const [nx, ny, r] = [Math.ceil(width * DENSITY), Math.ceil(height * DENSITY), radius * DENSITY];
  const pixels = new Uint8Array(nx * ny * 4);
  for (const { colour, centres } of layers) {
    const ink = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
    for (let i = 0; i < centres.length; i += 2)
      disc(pixels, nx, ny, centres[i] * DENSITY, centres[i + 1] * DENSITY, r, ink);
  }
  return encodePng(pixels, nx, ny);
}

function disc(pixels: Uint8Array, nx: number, ny: number, cx: number, cy: number, r: number, ink: number[]): void {
  const [left, right] = [Math.max(0, Math.floor(cx - r - 1)), Math.min(nx - 1, Math.ceil(cx + r + 1))];
  const [top, bottom] = [Math.max(0, Math.floor(cy - r - 1)), Math.min(ny - 1, Math.ceil(cy + r + 1))];
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      // A pixel is covered by as much as its middle lies within the edge.
      const cover = Math.min(1, Math.max(0, r + 0.5 - Math.hypot(x + 0.5 - cx, y + 0.5 - cy)));
      if (cover === 0) continue;
      const at = (y * nx + x) * 4;
      // Source over ground, for grounds that are not full themselves (Porter and Duff, 1984).
      const ground = (pixels[at + 3] / 255) * (1 - cover);
      const opacity = cover + ground;
      for (let c = 0; c < 3; c++) pixels[at + c] = Math.round((ink[c] * cover + pixels[at + c] * ground) / opacity);
      pixels[at + 3] = Math.round(opacity * 255);
    }
  }
}
