import { pointColours, type Colouring } from './colouring.ts';
import type { OutlineMesh } from './outlines.ts';
import { POINT_STATE, type Backdrop, type Frame, type PointsSurface } from './surface.ts';

/** Points without WebGL2, as small squares: slower, and enough to work with. Null where not even that can be had. */
export function createCanvasSurface(canvas: HTMLCanvasElement): PointsSurface | null {
  const context = canvas.getContext('2d');
  if (context === null) return null;
  let positions = new Float32Array(0);
  let nDim: 2 | 3 = 2;
  let colouring: Colouring = { kind: 'plain', colour: '#808080' };
  let states = new Uint8Array(0);
  let order = new Uint32Array(0);
  let backdrop: Backdrop | null = null;
  let mesh: OutlineMesh | null = null;

  return {
    kind: 'canvas',
    onRestored: () => undefined,
    isLost: false,
    setPositions(values, dimensions) {
      positions = values as Float32Array<ArrayBuffer>;
      nDim = dimensions;
    },
    setColouring(next) {
      colouring = next;
    },
    setStates(next) {
      states = next as Uint8Array<ArrayBuffer>;
    },
    setOrder(next) {
      order = next as Uint32Array<ArrayBuffer>;
    },
    setBackdrop(next) {
      backdrop = next;
    },
    setOutlines(next) {
      mesh = next;
    },
    draw(frame: Frame) {
      context.globalAlpha = 1;
      context.fillStyle = frame.background;
      context.fillRect(0, 0, frame.width, frame.height);
      const { rotation: r, pivot, scale } = frame;
      const direction = frame.yDown ? 1 : -1;
      if (backdrop !== null && nDim === 2) drawBackdrop(context, backdrop, frame);
      const colourOf = pointColours(colouring, frame.missing);
      for (const point of frame.showPoints ? order : []) {
        const state = states[point];
        if (state === POINT_STATE.hidden) continue;
        const x = positions[nDim * point] - pivot[0];
        const y = positions[nDim * point + 1] - pivot[1];
        const z = nDim === 3 ? positions[nDim * point + 2] - pivot[2] : 0;
        const left = frame.width / 2 + (r[0] * x + r[1] * y + r[2] * z - frame.centreX) * scale;
        const top = frame.height / 2 + direction * (r[3] * x + r[4] * y + r[5] * z - frame.centreY) * scale;
        const size = state === POINT_STATE.selected ? frame.pointSize * 1.25 : frame.pointSize;
        context.globalAlpha = (state === POINT_STATE.dimmed ? 0.15 : 1) * frame.opacity;
        context.fillStyle = colourOf(point);
        context.fillRect(left - size / 2, top - size / 2, size, size);
      }
      context.globalAlpha = 1;
      if (mesh !== null && nDim === 2 && frame.outlineColour !== null)
        drawLines(context, mesh, states, frame, frame.outlineColour);
    },
    clear() {
      order = new Uint32Array(0);
      backdrop = null;
      mesh = null;
    },
    dispose() {
      this.clear();
    },
  };
}

/** Data units → pixels of the canvas, for what is drawn by the canvas itself. */
function layFlat(context: CanvasRenderingContext2D, frame: Frame): void {
  const { rotation: r, pivot, scale } = frame;
  const direction = frame.yDown ? scale : -scale;
  const x = -r[0] * pivot[0] - r[1] * pivot[1] - frame.centreX;
  const y = -r[3] * pivot[0] - r[4] * pivot[1] - frame.centreY;
  context.setTransform(
    r[0] * scale,
    r[3] * direction,
    r[1] * scale,
    r[4] * direction,
    frame.width / 2 + x * scale,
    frame.height / 2 + y * direction,
  );
}

function drawBackdrop(context: CanvasRenderingContext2D, { picture, width, height }: Backdrop, frame: Frame): void {
  context.save();
  layFlat(context, frame);
  context.filter = `brightness(${frame.brightness})`;
  context.drawImage(picture, 0, 0, width, height);
  context.restore();
}

function drawLines(
  context: CanvasRenderingContext2D,
  { positions, lines, owner }: OutlineMesh,
  states: Uint8Array,
  frame: Frame,
  colour: string,
): void {
  context.save();
  layFlat(context, frame);
  context.beginPath();
  for (let at = 0; at < lines.length; at += 2) {
    const [from, to] = [lines[at], lines[at + 1]];
    if (states[owner[from]] === POINT_STATE.hidden) continue;
    context.moveTo(positions[2 * from], positions[2 * from + 1]);
    context.lineTo(positions[2 * to], positions[2 * to + 1]);
  }
  context.strokeStyle = colour;
  context.lineWidth = 1 / frame.scale;
  context.stroke();
  context.restore();
}
