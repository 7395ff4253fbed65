import { colourTexels, placeOf, type Colouring } from './colouring.ts';
import { POINT_STATE, type Frame, type PointsSurface } from './surface.ts';

/** Points without WebGL2, as small squares: slower, and enough to work with. Null where not even that can be had. */
export function createCanvasSurface(canvas: HTMLCanvasElement): PointsSurface | null {
  const context = canvas.getContext('2d');
  if (context === null) return null;
  let positions = new Float32Array(0);
  let nDim: 2 | 3 = 2;
  let colouring: Colouring = { kind: 'plain', colour: '#808080' };
  let colours: string[] = [];
  let states = new Uint8Array(0);
  let order = new Uint32Array(0);

  const colourOf = (point: number, missing: string): string => {
    if (colouring.kind === 'plain') return colours[0];
    if (colouring.kind === 'categorical') {
      const code = colouring.codes[point];
      return code < 0 ? missing : colours[code % colours.length];
    }
    const place = placeOf(colouring.values[point], colouring);
    return Number.isNaN(place) ? missing : colours[Math.round(place * (colours.length - 1))];
  };

  return {
    kind: 'canvas',
    setPositions(values, dimensions) {
      positions = values as Float32Array<ArrayBuffer>;
      nDim = dimensions;
    },
    setColouring(next) {
      colouring = next;
      const texels = colourTexels(next);
      colours = Array.from({ length: texels.length / 4 }, (_, i) => `rgb(${texels.slice(4 * i, 4 * i + 3).join(' ')})`);
    },
    setStates(next) {
      states = next as Uint8Array<ArrayBuffer>;
    },
    setOrder(next) {
      order = next as Uint32Array<ArrayBuffer>;
    },
    draw(frame: Frame) {
      context.globalAlpha = 1;
      context.fillStyle = frame.background;
      context.fillRect(0, 0, frame.width, frame.height);
      const { rotation: r, pivot, scale } = frame;
      const direction = frame.yDown ? 1 : -1;
      for (const point of order) {
        const state = states[point];
        if (state === POINT_STATE.hidden) continue;
        const x = positions[nDim * point] - pivot[0];
        const y = positions[nDim * point + 1] - pivot[1];
        const z = nDim === 3 ? positions[nDim * point + 2] - pivot[2] : 0;
        const left = frame.width / 2 + (r[0] * x + r[1] * y + r[2] * z - frame.centreX) * scale;
        const top = frame.height / 2 + direction * (r[3] * x + r[4] * y + r[5] * z - frame.centreY) * scale;
        const size = state === POINT_STATE.selected ? frame.pointSize * 1.25 : frame.pointSize;
        context.globalAlpha = state === POINT_STATE.dimmed ? 0.15 : 1;
        context.fillStyle = colourOf(point, frame.missing);
        context.fillRect(left - size / 2, top - size / 2, size, size);
      }
    },
    dispose() {
      order = new Uint32Array(0);
    },
  };
}
