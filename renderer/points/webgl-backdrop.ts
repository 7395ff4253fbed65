import { compiled } from './webgl-program.ts';
import type { Backdrop } from './surface.ts';

const vertexShader = `#version 300 es
precision highp float;
layout(location = 0) in vec2 corner;
uniform mat3 rotation;
uniform vec3 pivot;
uniform vec2 extent;
uniform vec2 centre;
uniform vec2 toClip;
out vec2 place;

void main() {
  place = corner;
  vec3 seen = rotation * (vec3(corner * extent, 0.0) - pivot);
  gl_Position = vec4((seen.xy - centre) * toClip, 0.0, 1.0);
}`;

/** Below 1 the picture gets darker, above it lighter, up to white at 2. */
const fragmentShader = `#version 300 es
precision mediump float;
uniform sampler2D picture;
uniform float brightness;
uniform vec3 background;
in vec2 place;
out vec4 pixel;

void main() {
  vec4 found = texture(picture, place);
  vec3 shown = brightness <= 1.0 ? found.rgb * brightness : mix(found.rgb, vec3(1.0), brightness - 1.0);
  pixel = vec4(mix(background, shown, found.a), 1.0);
}`;

/** A picture of the tissue as a quad with a texture, beneath the points. */
export interface WebglBackdrop {
  set(backdrop: Backdrop | null): void;
  /** Sets what all parts of the picture share, by name. */
  draw(uniforms: BackdropUniforms): void;
  dispose(): void;
}

export interface BackdropUniforms {
  rotation: readonly number[];
  pivot: readonly [number, number, number];
  centre: readonly [number, number];
  toClip: readonly [number, number];
  brightness: number;
  /** 0 … 1 */
  background: readonly [number, number, number];
}

export function webglBackdrop(gl: WebGL2RenderingContext): WebglBackdrop {
  const program = compiled(gl, vertexShader, fragmentShader);
  const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  const places = {
    rotation: at('rotation'),
    pivot: at('pivot'),
    extent: at('extent'),
    centre: at('centre'),
    toClip: at('toClip'),
    brightness: at('brightness'),
    background: at('background'),
  };
  const array = gl.createVertexArray();
  const corners = gl.createBuffer();
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, corners);
  gl.bufferData(gl.ARRAY_BUFFER, new Float32Array([0, 0, 1, 0, 0, 1, 1, 1]), gl.STATIC_DRAW);
  gl.enableVertexAttribArray(0);
  gl.vertexAttribPointer(0, 2, gl.FLOAT, false, 0, 0);
  let texture: WebGLTexture | null = null;
  let extent: readonly [number, number] = [0, 0];

  return {
    set(backdrop) {
      gl.deleteTexture(texture);
      texture = null;
      if (backdrop === null) return;
      extent = [backdrop.width, backdrop.height];
      texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, backdrop.picture);
      gl.generateMipmap(gl.TEXTURE_2D);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR_MIPMAP_LINEAR);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
      gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    },
    draw({ rotation, pivot, centre, toClip, brightness, background }) {
      if (texture === null) return;
      gl.useProgram(program);
      gl.bindVertexArray(array);
      gl.disable(gl.BLEND);
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.uniformMatrix3fv(places.rotation, true, rotation);
      gl.uniform3fv(places.pivot, pivot);
      gl.uniform2fv(places.extent, extent);
      gl.uniform2fv(places.centre, centre);
      gl.uniform2fv(places.toClip, toClip);
      gl.uniform1f(places.brightness, brightness);
      gl.uniform3fv(places.background, background);
      gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    },
    dispose() {
      gl.deleteTexture(texture);
      gl.deleteBuffer(corners);
      gl.deleteProgram(program);
    },
  };
}
