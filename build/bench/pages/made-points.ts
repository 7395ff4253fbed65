/** Points of a benchmark: twelve round clusters, as an embedding of cells looks. */
export interface MadePoints {
  /** [n, 2] */
  positions: Float32Array;
  /** [n], 0 … 11 */
  codes: Int32Array;
  /** [n], a gene: mostly zero outside of three clusters */
  gene: Float32Array;
}

export const MADE_COLOURS = [
  '#1f77b4',
  '#ff7f0e',
  '#2ca02c',
  '#d62728',
  '#9467bd',
  '#8c564b',
  '#e377c2',
  '#7f7f7f',
  '#bcbd22',
  '#17becf',
  '#aec7e8',
  '#ffbb78',
];

/** The same points every time. */
export function madePoints(n: number): MadePoints {
  const random = mulberry(7);
  const positions = new Float32Array(2 * n);
  const codes = new Int32Array(n);
  const gene = new Float32Array(n);
  const centres = Array.from({ length: 12 }, () => [12 * (random() - 0.5), 12 * (random() - 0.5)]);
  for (let i = 0; i < n; i++) {
    const code = Math.floor(random() * 12);
    const radius = 0.7 * Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    positions[2 * i] = centres[code][0] + radius * Math.cos(angle);
    positions[2 * i + 1] = centres[code][1] + radius * Math.sin(angle);
    codes[i] = code;
    gene[i] = random() < (code < 3 ? 0.8 : 0.1) ? Math.log1p(1 + Math.floor(6 * random())) : 0;
  }
  return { positions, codes, gene };
}

/** Side of the picture that a section lies on, data units; its upper left corner is at 0, 0. */
export const SECTION_SIDE = 1000;

/** The same points on a lattice, as spots lie in a section: their diameter is just over half of the distance between them. */
export function madeSection(n: number): MadePoints & { spotSize: number } {
  const { codes, gene } = madePoints(n);
  const columns = Math.ceil(Math.sqrt(n));
  const step = SECTION_SIDE / columns;
  const positions = new Float32Array(2 * n);
  for (let i = 0; i < n; i++) {
    positions[2 * i] = (0.5 + (i % columns)) * step;
    positions[2 * i + 1] = (0.5 + Math.floor(i / columns)) * step;
  }
  return { positions, codes, gene, spotSize: 0.55 * step };
}

/** A picture of a tissue of 2,000 × 2,000 pixels: pink, with darker nuclei. */
export function madeImage(): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(2000, 2000);
  const context = canvas.getContext('2d')!;
  const random = mulberry(11);
  context.fillStyle = '#e8c8dc';
  context.fillRect(0, 0, 2000, 2000);
  context.fillStyle = '#7a4f91';
  for (let i = 0; i < 20_000; i++) context.fillRect(2000 * random(), 2000 * random(), 6, 6);
  return createImageBitmap(canvas);
}

/** Mulberry32. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
