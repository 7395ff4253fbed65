import type { OutlineMesh } from './outlines.ts';

/** Cell outlines on the graphics card, drawn with the program of the points: colours and filter are theirs. */
export interface WebglOutlines {
  set(mesh: OutlineMesh | null): void;
  /** [n], one a point, as the points have them */
  setValues(values: Float32Array): void;
  setStates(states: Uint8Array): void;
  drawFills(): void;
  drawLines(): void;
  dispose(): void;
}

/** Places of the attributes are those of the points' vertex shader. */
export function webglOutlines(gl: WebGL2RenderingContext): WebglOutlines {
  let mesh: OutlineMesh | null = null;
  const buffers = {
    positions: gl.createBuffer(),
    values: gl.createBuffer(),
    states: gl.createBuffer(),
    lines: gl.createBuffer(),
    triangles: gl.createBuffer(),
  };
  const array = gl.createVertexArray();
  const send = (buffer: WebGLBuffer, location: number, data: Float32Array | Uint8Array, size: number): void => {
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data as Float32Array<ArrayBuffer>, gl.DYNAMIC_DRAW);
    gl.enableVertexAttribArray(location);
    gl.vertexAttribPointer(location, size, data instanceof Uint8Array ? gl.UNSIGNED_BYTE : gl.FLOAT, false, 0, 0);
  };
  const sendIndex = (buffer: WebGLBuffer, index: Uint32Array): void => {
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, index as Uint32Array<ArrayBuffer>, gl.STATIC_DRAW);
  };
  const draw = (buffer: WebGLBuffer, mode: number, count: number): void => {
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, buffer);
    gl.drawElements(mode, count, gl.UNSIGNED_INT, 0);
  };

  return {
    set(next) {
      mesh = next;
      if (mesh === null) return;
      send(buffers.positions, 0, mesh.positions, 2);
      sendIndex(buffers.lines, mesh.lines);
      sendIndex(buffers.triangles, mesh.triangles);
    },
    setValues(values) {
      if (mesh !== null)
        send(
          buffers.values,
          1,
          Float32Array.from(mesh.owner, (point) => values[point]),
          1,
        );
    },
    setStates(states) {
      if (mesh !== null)
        send(
          buffers.states,
          2,
          Uint8Array.from(mesh.owner, (point) => states[point]),
          1,
        );
    },
    drawFills() {
      if (mesh !== null) draw(buffers.triangles, gl.TRIANGLES, mesh.triangles.length);
    },
    drawLines() {
      if (mesh !== null) draw(buffers.lines, gl.LINES, mesh.lines.length);
    },
    dispose() {
      for (const buffer of Object.values(buffers)) gl.deleteBuffer(buffer);
      gl.deleteVertexArray(array);
    },
  };
}
