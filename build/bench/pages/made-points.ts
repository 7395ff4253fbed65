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
