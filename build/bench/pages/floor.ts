import { MADE_COLOURS, madeImage, madePoints, madeSection, SECTION_SIDE } from './made-points.ts';
import {
  askedPoints,
  HEIGHT,
  isSection,
  lassoPolygon,
  nextFrame,
  rendererName,
  settle,
  waitUntilDrawn,
  WIDTH,
  type MeasuredPage,
} from './measured-page.ts';

/**
 * The floor: the same points as discs of the same size, with one shader, no framework, no filter, no order of drawing,
 * no overlay, and searches that simply look at every point.
 */
const section = isSection() ? madeSection(askedPoints()) : null;
const made = section ?? madePoints(askedPoints());
const image = section && (await madeImage());
const n = made.codes.length;
await settle();

const began = performance.now();
const canvas = document.createElement('canvas');
canvas.width = Math.round(WIDTH * devicePixelRatio);
canvas.height = Math.round(HEIGHT * devicePixelRatio);
document.getElementById('place')!.append(canvas);
const gl = canvas.getContext('webgl2', { antialias: false, alpha: false })!;
const program = gl.createProgram();
for (const [kind, source] of [
  [
    gl.VERTEX_SHADER,
    `#version 300 es
    layout(location = 0) in vec2 position;
    layout(location = 1) in float value;
    uniform vec2 centre, toClip;
    uniform float size, most;
    uniform sampler2D palette;
    out vec3 colour;
    void main() {
      gl_Position = vec4((position - centre) * toClip, 0.0, 1.0);
      gl_PointSize = size;
      float last = float(textureSize(palette, 0).x - 1);
      colour = texelFetch(palette, ivec2(int(clamp(value / most, 0.0, 1.0) * last + 0.5), 0), 0).rgb;
    }`,
  ],
  [
    gl.FRAGMENT_SHADER,
    `#version 300 es
    precision mediump float;
    in vec3 colour;
    out vec4 pixel;
    void main() {
      if (length(gl_PointCoord - 0.5) > 0.5) discard;
      pixel = vec4(colour, 1.0);
    }`,
  ],
] as const) {
  const shader = gl.createShader(kind)!;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  gl.attachShader(program, shader);
}
gl.linkProgram(program);
gl.useProgram(program);
const put = (at: number, size: number, values: Float32Array): WebGLBuffer => {
  const buffer = gl.createBuffer();
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  gl.bufferData(gl.ARRAY_BUFFER, values as Float32Array<ArrayBuffer>, gl.DYNAMIC_DRAW);
  gl.enableVertexAttribArray(at);
  gl.vertexAttribPointer(at, size, gl.FLOAT, false, 0, 0);
  return buffer;
};
const bounds = [Infinity, -Infinity, Infinity, -Infinity];
for (let i = 0; i < n; i++) {
  bounds[0] = Math.min(bounds[0], made.positions[2 * i]);
  bounds[1] = Math.max(bounds[1], made.positions[2 * i]);
  bounds[2] = Math.min(bounds[2], made.positions[2 * i + 1]);
  bounds[3] = Math.max(bounds[3], made.positions[2 * i + 1]);
}
const camera = { x: (bounds[0] + bounds[1]) / 2, y: (bounds[2] + bounds[3]) / 2, scale: 1 };
camera.scale = Math.min((WIDTH - 48) / (bounds[1] - bounds[0]), (HEIGHT - 48) / (bounds[3] - bounds[2]));
const at = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
const places = { centre: at('centre'), toClip: at('toClip'), size: at('size'), most: at('most') };
put(0, 2, made.positions);
const values = put(1, 1, Float32Array.from(made.codes));
gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
const drawImage = image && imageDrawer(image);
gl.useProgram(program);
const categories = Uint8Array.from(
  MADE_COLOURS.flatMap((colour) => [1, 3, 5].map((from) => parseInt(colour.slice(from, from + 2), 16)).concat(255)),
);
const ramp = Uint8Array.from({ length: 1024 }, (_, i) => (i % 4 === 3 ? 255 : i >> 2));
usePalette(categories);
const suiting = Math.min(6, Math.max(1.8, 0.6 * Math.sqrt((WIDTH * HEIGHT) / n)));
gl.uniform1f(places.size, (section ? Math.max(1, section.spotSize * camera.scale) : suiting) * devicePixelRatio);
gl.uniform1f(places.most, 11);
draw();
waitUntilDrawn(gl);
const measured: MeasuredPage = {
  renderer: rendererName(gl),
  firstPicture: performance.now() - began,
  recolour: [],
  inside: [],
  nInside: 0,
  firstPick: 0,
  pick: 0,
  frames: [],
  lasso: null,
};

for (let i = 0; i < 5; i++) {
  recolour(Float32Array.from(made.codes), categories, 11);
  await settle();
  const start = performance.now();
  recolour(made.gene, ramp, 2);
  waitUntilDrawn(gl);
  measured.recolour.push(performance.now() - start);
}
const polygon = lassoPolygon();
for (let i = 0; i < 5; i++) {
  const start = performance.now();
  const mask = inside(polygon);
  measured.inside.push(performance.now() - start);
  measured.nInside = mask.reduce((sum, one) => sum + one, 0);
}
let found = -1;
const beforePicks = performance.now();
for (let i = 0; i < 20; i++) found = nearest(((i * 37) % WIDTH) + 0.5, ((i * 53) % HEIGHT) + 0.5);
measured.pick = (performance.now() - beforePicks) / 20;
measured.firstPick = measured.pick;
canvas.dataset.nearest = String(found);

let drag: { x: number; y: number } | null = null;
let asked = false;
canvas.addEventListener('pointerdown', (event) => (drag = { x: event.clientX, y: event.clientY }));
canvas.addEventListener('pointerup', () => (drag = null));
canvas.addEventListener('pointermove', (event) => {
  if (drag === null) return;
  camera.x -= (event.clientX - drag.x) / camera.scale;
  camera.y += (event.clientY - drag.y) / camera.scale;
  drag = { x: event.clientX, y: event.clientY };
  if (asked) return;
  asked = true;
  void nextFrame().then(() => {
    asked = false;
    draw();
    measured.frames.push(performance.now());
  });
});
await settle();
window.measured = measured;

function draw(): void {
  gl.viewport(0, 0, canvas.width, canvas.height);
  gl.clearColor(1, 1, 1, 1);
  gl.clear(gl.COLOR_BUFFER_BIT);
  drawImage?.();
  gl.uniform2f(places.centre, camera.x, camera.y);
  gl.uniform2f(places.toClip, (2 * camera.scale) / WIDTH, (2 * camera.scale) / HEIGHT);
  gl.drawArrays(gl.POINTS, 0, n);
}

/** The picture beneath the points, as one quad. */
function imageDrawer(picture: ImageBitmap): () => void {
  const quad = gl.createProgram();
  for (const [kind, source] of [
    [
      gl.VERTEX_SHADER,
      `#version 300 es
      uniform vec2 centre, toClip;
      out vec2 place;
      void main() {
        place = vec2(gl_VertexID & 1, gl_VertexID >> 1);
        gl_Position = vec4((place * ${SECTION_SIDE}.0 - centre) * toClip, 0.0, 1.0);
      }`,
    ],
    [
      gl.FRAGMENT_SHADER,
      `#version 300 es
      precision mediump float;
      uniform sampler2D picture;
      in vec2 place;
      out vec4 pixel;
      void main() { pixel = texture(picture, place); }`,
    ],
  ] as const) {
    const shader = gl.createShader(kind)!;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(quad, shader);
  }
  gl.linkProgram(quad);
  gl.activeTexture(gl.TEXTURE1);
  gl.bindTexture(gl.TEXTURE_2D, gl.createTexture());
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, gl.RGBA, gl.UNSIGNED_BYTE, picture);
  gl.generateMipmap(gl.TEXTURE_2D);
  gl.activeTexture(gl.TEXTURE0);
  gl.useProgram(quad);
  gl.uniform1i(gl.getUniformLocation(quad, 'picture'), 1);
  const [centre, toClip] = ['centre', 'toClip'].map((name) => gl.getUniformLocation(quad, name));
  return () => {
    gl.useProgram(quad);
    gl.uniform2f(centre, camera.x, camera.y);
    gl.uniform2f(toClip, (2 * camera.scale) / WIDTH, (2 * camera.scale) / HEIGHT);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
    gl.useProgram(program);
  };
}

function usePalette(texels: Uint8Array): void {
  const width = texels.length / 4;
  const bytes = texels as Uint8Array<ArrayBuffer>;
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA8, width, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, bytes);
}

function recolour(by: Float32Array, palette: Uint8Array, most: number): void {
  gl.bindBuffer(gl.ARRAY_BUFFER, values);
  gl.bufferData(gl.ARRAY_BUFFER, by as Float32Array<ArrayBuffer>, gl.DYNAMIC_DRAW);
  usePalette(palette);
  gl.uniform1f(places.most, most);
  draw();
}

function inside(corners: number[]): Uint8Array {
  const mask = new Uint8Array(n);
  for (let i = 0; i < n; i++) {
    const x = made.positions[2 * i];
    const y = made.positions[2 * i + 1];
    for (let a = 0, b = corners.length - 2; a < corners.length; b = a, a += 2) {
      const crosses = corners[a + 1] > y !== corners[b + 1] > y;
      if (!crosses) continue;
      const share = (y - corners[a + 1]) / (corners[b + 1] - corners[a + 1]);
      if (x < corners[a] + share * (corners[b] - corners[a])) mask[i] ^= 1;
    }
  }
  return mask;
}

function nearest(screenX: number, screenY: number): number {
  const x = camera.x + (screenX - WIDTH / 2) / camera.scale;
  const y = camera.y - (screenY - HEIGHT / 2) / camera.scale;
  let best = Infinity;
  let point = -1;
  for (let i = 0; i < n; i++) {
    const distance = (made.positions[2 * i] - x) ** 2 + (made.positions[2 * i + 1] - y) ** 2;
    if (distance < best) [best, point] = [distance, i];
  }
  return point;
}
