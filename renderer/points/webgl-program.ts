/** A program of the graphics card. @throws Error with the driver's words where it refuses */
export function compiled(gl: WebGL2RenderingContext, vertexShader: string, fragmentShader: string): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexShader],
    [gl.FRAGMENT_SHADER, fragmentShader],
  ] as const) {
    const shader = gl.createShader(kind);
    if (shader === null) break;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost()) {
      throw new Error(
        `The graphics driver refused to draw points: ${gl.getShaderInfoLog(shader) ?? 'no reason given'}`,
      );
    }
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}
