import { colourTexels, colourValues, rgbOf, type Colouring } from './colouring.ts';
import { fragmentShader, vertexShader } from './shaders.ts';
import type { OutlineMesh } from './outlines.ts';
import { POINT_STATE, type Backdrop, type PointsSurface } from './surface.ts';
import { webglBackdrop } from './webgl-backdrop.ts';
import { webglOutlines } from './webgl-outlines.ts';
import { compiled } from './webgl-program.ts';

const KINDS = { plain: 0, categorical: 1, numeric: 2 } as const;
/** A kind that no colouring has: everything gets the colour of what is missing. */
const ONE_COLOUR = 9;
const UNIFORMS = [
  'rotation',
  'pivot',
  'centre',
  'toClip',
  'depthScale',
  'pointSize',
  'grown',
  'opacity',
  'spin',
  'square',
  'kind',
  'range',
  'logarithmic',
  'missing',
  'background',
  'palette',
] as const;

/**
 * Points drawn by the graphics card, one vertex each. Everything is kept on this side too, so that a lost context
 * (driver update, sleep) comes back by itself.
 *
 * @returns null where WebGL2 is missing
 */
export function createWebglSurface(canvas: HTMLCanvasElement): PointsSurface | null {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, powerPreference: 'high-performance' });
  if (gl === null) return null;

  let positions = new Float32Array(0);
  let nDim: 2 | 3 = 2;
  let colouring: Colouring = { kind: 'plain', colour: '#808080' };
  let states = new Uint8Array(0);
  let order = new Uint32Array(0);
  let translucent = false;
  let backdrop: Backdrop | null = null;
  let mesh: OutlineMesh | null = null;
  let parts = build(gl);

  const upload = {
    positions: () => attribute(gl, parts, parts.buffers.positions, 0, positions, nDim, gl.FLOAT),
    backdrop: () => parts.backdrop.set(backdrop),
    outlines: () => parts.outlines.set(mesh),
    values: () => {
      const values = colourValues(colouring, positions.length / nDim);
      parts.outlines.setValues(values);
      attribute(gl, parts, parts.buffers.values, 1, values, 1, gl.FLOAT);
    },
    states: () => {
      parts.outlines.setStates(states);
      attribute(gl, parts, parts.buffers.states, 2, states, 1, gl.UNSIGNED_BYTE);
    },
    order: () => {
      gl.bindVertexArray(parts.array);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, parts.buffers.order);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, order, gl.DYNAMIC_DRAW);
    },
    palette: () => {
      const texels = colourTexels(colouring);
      gl.bindTexture(gl.TEXTURE_2D, parts.palette);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, texels.length / 4, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, texels);
    },
  };
  const onLost = (event: Event): void => event.preventDefault();
  const onBack = (): void => {
    parts = build(gl);
    for (const send of Object.values(upload)) send();
    surface.onRestored();
  };
  canvas.addEventListener('webglcontextlost', onLost);
  canvas.addEventListener('webglcontextrestored', onBack);

  const surface: PointsSurface = {
    kind: 'webgl2',
    onRestored: () => undefined,
    get isLost() {
      return gl.isContextLost();
    },
    setPositions(values, dimensions) {
      positions = values as Float32Array<ArrayBuffer>;
      nDim = dimensions;
      upload.positions();
    },
    setColouring(next) {
      const sameValues = valuesOf(next) === valuesOf(colouring) && valuesOf(next) !== null;
      colouring = next;
      // Hiding a category, another palette or range touches the colours alone.
      if (!sameValues) upload.values();
      upload.palette();
    },
    setStates(next) {
      states = next as Uint8Array<ArrayBuffer>;
      translucent = next.includes(POINT_STATE.dimmed) || next.includes(POINT_STATE.selected);
      upload.states();
    },
    setOrder(next) {
      order = next as Uint32Array<ArrayBuffer>;
      upload.order();
    },
    setBackdrop(next) {
      backdrop = next;
      upload.backdrop();
    },
    setOutlines(next) {
      mesh = next;
      upload.outlines();
      if (mesh === null) return;
      upload.values();
      upload.states();
    },
    draw(frame) {
      if (gl.isContextLost()) return;
      const { at } = parts;
      const [red, green, blue] = rgbOf(frame.background);
      // A point whose middle is outside is not drawn at all: with a margin that is not shown, large ones are cut instead.
      const margin = frame.pointSize > 8 ? Math.ceil(0.7 * 1.25 * frame.pointSize) : 0;
      const [width, height] = [frame.width + 2 * margin, frame.height + 2 * margin];
      gl.viewport(-margin, -margin, width, height);
      gl.clearColor(red / 255, green / 255, blue / 255, 1);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      const toClipX = (2 * frame.scale) / width;
      const toClipY = ((frame.yDown ? -2 : 2) * frame.scale) / height;
      const background = [red / 255, green / 255, blue / 255] as const;
      if (frame.radius === 0) {
        gl.disable(gl.DEPTH_TEST);
        parts.backdrop.draw({
          rotation: frame.rotation,
          pivot: frame.pivot,
          centre: [frame.centreX, frame.centreY],
          toClip: [toClipX, toClipY],
          brightness: frame.brightness,
          background,
        });
      }
      if (order.length === 0) return;
      gl.useProgram(parts.program);
      gl.bindVertexArray(parts.array);
      // In 3-D what is nearer covers what is farther; on a map the order of drawing decides.
      if (frame.radius > 0) gl.enable(gl.DEPTH_TEST);
      else gl.disable(gl.DEPTH_TEST);
      // Small opaque points need no mixing, which halves the work of a machine without a graphics card.
      if (translucent || frame.opacity < 1 || frame.pointSize > 2) gl.enable(gl.BLEND);
      else gl.disable(gl.BLEND);
      gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
      gl.bindTexture(gl.TEXTURE_2D, parts.palette);
      gl.uniform1i(at.palette, 0);
      gl.uniformMatrix3fv(at.rotation, true, frame.rotation);
      gl.uniform3fv(at.pivot, frame.pivot);
      gl.uniform2f(at.centre, frame.centreX, frame.centreY);
      gl.uniform2f(at.toClip, toClipX, toClipY);
      gl.uniform1f(at.opacity, frame.opacity);
      const [cos, sin] = [Math.cos(frame.spin), Math.sin(frame.spin)];
      const turned = frame.square && Math.abs(Math.sin(2 * frame.spin)) > 1e-6;
      gl.uniform1f(at.grown, turned ? Math.abs(cos) + Math.abs(sin) : 1);
      gl.uniform2f(at.spin, cos, sin);
      gl.uniform1f(at.depthScale, frame.radius > 0 ? 0.9 / frame.radius : 0);
      gl.uniform1f(at.pointSize, frame.pointSize);
      gl.uniform1f(at.square, frame.square ? 1 : 0);
      gl.uniform1i(at.kind, KINDS[colouring.kind]);
      const log = colouring.kind === 'numeric' && colouring.log;
      const on = (x: number): number => (log ? Math.log1p(Math.max(0, x)) : x);
      const [min, max] = colouring.kind === 'numeric' ? [on(colouring.min), on(colouring.max)] : [0, 1];
      gl.uniform2f(at.range, min, max > min ? 1 / (max - min) : 1e9);
      gl.uniform1f(at.logarithmic, log ? 1 : 0);
      gl.uniform3fv(at.missing, unitRgb(frame.missing));
      gl.uniform3fv(at.background, background);
      if (frame.showPoints) {
        gl.bindVertexArray(parts.array);
        gl.drawElements(gl.POINTS, order.length, gl.UNSIGNED_INT, 0);
      }
      if (mesh === null || frame.radius > 0) return;
      if (frame.fillOutlines) {
        gl.uniform1f(at.square, 1);
        gl.uniform1f(at.grown, 1);
        gl.enable(gl.BLEND);
        parts.outlines.drawFills();
      }
      if (frame.outlineColour !== null) {
        gl.uniform1f(at.square, 1);
        gl.uniform1f(at.grown, 1);
        gl.uniform1f(at.opacity, 1);
        gl.uniform1i(at.kind, ONE_COLOUR);
        gl.uniform3fv(at.missing, unitRgb(frame.outlineColour));
        gl.enable(gl.BLEND);
        parts.outlines.drawLines();
      }
    },
    clear() {
      this.onRestored = () => undefined;
      this.setBackdrop(null);
      this.setOutlines(null);
      this.setColouring({ kind: 'plain', colour: '#808080' });
      this.setPositions(new Float32Array(0), 2);
      this.setStates(new Uint8Array(0));
      this.setOrder(new Uint32Array(0));
      upload.values();
    },
    dispose() {
      canvas.removeEventListener('webglcontextlost', onLost);
      canvas.removeEventListener('webglcontextrestored', onBack);
      for (const buffer of Object.values(parts.buffers)) gl.deleteBuffer(buffer);
      parts.backdrop.dispose();
      parts.outlines.dispose();
      gl.deleteTexture(parts.palette);
      gl.deleteProgram(parts.program);
    },
  };
  return surface;
}

function unitRgb(colour: string): number[] {
  return rgbOf(colour).map((channel) => channel / 255);
}

function valuesOf(colouring: Colouring): Float32Array | Int32Array | null {
  if (colouring.kind === 'categorical') return colouring.codes;
  return colouring.kind === 'numeric' ? colouring.values : null;
}

function build(gl: WebGL2RenderingContext) {
  const program = compiled(gl, vertexShader, fragmentShader);
  const palette = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, palette);
  for (const [name, value] of [
    [gl.TEXTURE_MIN_FILTER, gl.NEAREST],
    [gl.TEXTURE_MAG_FILTER, gl.NEAREST],
    [gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE],
    [gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE],
  ]) {
    gl.texParameteri(gl.TEXTURE_2D, name, value);
  }
  const at = Object.fromEntries(UNIFORMS.map((name) => [name, gl.getUniformLocation(program, name)])) as Record<
    (typeof UNIFORMS)[number],
    WebGLUniformLocation | null
  >;
  const buffers = {
    positions: gl.createBuffer(),
    values: gl.createBuffer(),
    states: gl.createBuffer(),
    order: gl.createBuffer(),
  };
  const array = gl.createVertexArray();
  gl.bindVertexArray(array);
  const bind = (buffer: WebGLBuffer): void => gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  bind(buffers.positions);
  gl.enableVertexAttribArray(0);
  bind(buffers.values);
  gl.enableVertexAttribArray(1);
  bind(buffers.states);
  gl.enableVertexAttribArray(2);
  gl.bindVertexArray(null);
  return { program, palette, at, buffers, array, backdrop: webglBackdrop(gl), outlines: webglOutlines(gl) };
}

function attribute(
  gl: WebGL2RenderingContext,
  { array }: { array: WebGLVertexArrayObject | null },
  buffer: WebGLBuffer,
  location: number,
  data: Float32Array | Uint8Array,
  size: number,
  type: number,
): void {
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, data as Float32Array<ArrayBuffer>, gl.DYNAMIC_DRAW);
  gl.vertexAttribPointer(location, size, type, false, 0, 0);
}
