import { Random } from '../engine/random/random.ts';
import type { SimulateOptions } from './simulate-options.ts';

/** Spots of a simulated section. */
export interface Tissue {
  /** [nObs, 2], µm; both start at 0. */
  coordinates: Float64Array;
  /** [nObs], region of each spot. */
  region: Int32Array;
  /** [nObs], second nearest region, and its share in the spot's expression (0…0.5): borders are not sharp. */
  neighbour: Int32Array;
  neighbourShare: Float32Array;
  /** [nObs · nGradients], smooth over the section, about −1…1. */
  gradients: Float32Array;
}

/** A smooth random function of the plane: a few waves, about −1…1. Lengths are in units of the section's radius. */
type Field = (x: number, y: number) => number;

/**
 * The section is the part of a grid inside a wavy oval, exactly `cells` spots of it. `layers` cuts it into bands that
 * follow a bent surface, of unequal thickness, as in a cortex; `lobes` into warped cells around centres, as in a gland.
 */
export function makeTissue(options: SimulateOptions, nGradients: number): Tissue {
  const random = Random.from(options.seed, 'tissue');
  const { cells, types } = options;
  const { x, y } = sectionOf(options, random);

  const shift = waves(random, 4, 1.2);
  const shiftAcross = waves(random, 4, 1.2);
  const scores =
    options.tissue === 'layers'
      ? layerScores(options, x, y, shift, random)
      : lobeScores(options, x, y, shift, shiftAcross, random);

  const region = new Int32Array(cells);
  const neighbour = new Int32Array(cells);
  const neighbourShare = new Float32Array(cells);
  const score = new Float64Array(types);
  for (let i = 0; i < cells; i++) {
    scores(i, score);
    let best = 0;
    for (let t = 1; t < types; t++) if (score[t] < score[best]) best = t;
    let second = best;
    for (let t = 0; t < types; t++) if (t !== best && (second === best || score[t] < score[second])) second = t;
    region[i] = best;
    neighbour[i] = second;
    // Half and half on the border itself, less than a tenth a few spots away from it.
    neighbourShare[i] = second === best ? 0 : 0.5 * Math.exp(-(score[second] - score[best]) / BORDER_WIDTH);
  }
  const gradients = new Float32Array(cells * nGradients);
  for (let g = 0; g < nGradients; g++) {
    const field = waves(random, 3, 0.6);
    for (let i = 0; i < cells; i++) gradients[i * nGradients + g] = field(x[i], y[i]);
  }
  return { coordinates: inMicrometres(options, x, y), region, neighbour, neighbourShare, gradients };
}

/** Distance over which expression changes from one region to the next, in units of the section's radius. */
const BORDER_WIDTH = 0.06;

/** Grid points inside the outline, scaled so that the outline has about radius 1; in reading order. */
function sectionOf(options: SimulateOptions, random: Random): { x: Float64Array; y: Float64Array } {
  const { cells, grid } = options;
  const rowHeight = grid === 'hex' ? Math.sqrt(3) / 2 : 1;
  const phases = Array.from({ length: 3 }, () => 2 * Math.PI * random.uniform());
  const outline = (angle: number): number =>
    1 +
    0.07 * Math.cos(2 * angle + phases[0]) +
    0.05 * Math.cos(3 * angle + phases[1]) +
    0.03 * Math.cos(5 * angle + phases[2]);
  const reach = Math.ceil(1.6 * Math.sqrt(cells / rowHeight)) + 4;
  const points: { px: number; py: number; distance: number }[] = [];
  for (let row = -reach; row <= reach; row++) {
    for (let column = -reach; column <= reach; column++) {
      const px = column + (grid === 'hex' && row % 2 !== 0 ? 0.5 : 0);
      const py = row * rowHeight;
      const distance = Math.hypot(px / 1.15, py) / outline(Math.atan2(py, px));
      if (distance < reach) points.push({ px, py, distance });
    }
  }
  points.sort((a, b) => a.distance - b.distance || a.py - b.py || a.px - b.px);
  const chosen = points.slice(0, cells).sort((a, b) => a.py - b.py || a.px - b.px);
  const radius = points[cells - 1].distance;
  return {
    x: Float64Array.from(chosen, ({ px }) => px / radius),
    y: Float64Array.from(chosen, ({ py }) => py / radius),
  };
}

function inMicrometres(options: SimulateOptions, x: Float64Array, y: Float64Array): Float64Array {
  // The outline has radius 1, and neighbours in a row are one spacing apart.
  let step = Infinity;
  for (let i = 1; i < x.length; i++) if (y[i] === y[i - 1]) step = Math.min(step, x[i] - x[i - 1]);
  const scale = options.spacing / step;
  const left = x.reduce((a, b) => Math.min(a, b));
  const top = y.reduce((a, b) => Math.min(a, b));
  return Float64Array.from(
    { length: 2 * x.length },
    (_, k) => scale * (k % 2 === 0 ? x[k >> 1] - left : y[k >> 1] - top),
  );
}

/** Distance of every spot to every layer: 0 inside it. */
function layerScores(options: SimulateOptions, x: Float64Array, y: Float64Array, bend: Field, random: Random) {
  const { cells, types } = options;
  const depth = Float64Array.from({ length: cells }, (_, i) => y[i] + 0.3 * x[i] * x[i] + 0.12 * bend(x[i], y[i]));
  const sorted = depth.slice().sort();
  const thickness = Array.from({ length: types }, () => 0.6 + random.uniform());
  const whole = thickness.reduce((a, b) => a + b, 0);
  const borders = [-Infinity];
  let share = 0;
  for (let t = 0; t < types - 1; t++) {
    share += thickness[t] / whole;
    borders.push(sorted[Math.min(Math.floor(share * cells), cells - 1)]);
  }
  borders.push(Infinity);
  return (i: number, score: Float64Array): void => {
    for (let t = 0; t < types; t++) score[t] = Math.max(borders[t] - depth[i], depth[i] - borders[t + 1], 0);
  };
}

/** Distance of every spot to the centre of every lobe, in a plane that is warped. */
function lobeScores(
  options: SimulateOptions,
  x: Float64Array,
  y: Float64Array,
  warpX: Field,
  warpY: Field,
  random: Random,
) {
  const { cells, types } = options;
  // Each centre is the candidate that lies farthest from those before it.
  const centres: number[] = [];
  while (centres.length < types) {
    let best = -1;
    let bestDistance = -1;
    for (let tries = 0; tries < 12; tries++) {
      const i = random.below(cells);
      const distance = centres.reduce((least, c) => Math.min(least, Math.hypot(x[i] - x[c], y[i] - y[c])), 10);
      if (distance > bestDistance) {
        best = i;
        bestDistance = distance;
      }
    }
    centres.push(best);
  }
  const warped = (i: number): [number, number] => [x[i] + 0.16 * warpX(x[i], y[i]), y[i] + 0.16 * warpY(x[i], y[i])];
  const centre = centres.map(warped);
  return (i: number, score: Float64Array): void => {
    const [wx, wy] = warped(i);
    for (let t = 0; t < types; t++) score[t] = Math.hypot(wx - centre[t][0], wy - centre[t][1]);
  };
}

/** @param waviness number of waves across the section, about */
function waves(random: Random, n: number, waviness: number): Field {
  const parts = Array.from({ length: n }, () => {
    const angle = 2 * Math.PI * random.uniform();
    const frequency = Math.PI * waviness * (0.5 + random.uniform());
    return { kx: frequency * Math.cos(angle), ky: frequency * Math.sin(angle), phase: 2 * Math.PI * random.uniform() };
  });
  const amplitude = Math.SQRT2 / Math.sqrt(n);
  return (x, y) => parts.reduce((sum, { kx, ky, phase }) => sum + amplitude * Math.cos(kx * x + ky * y + phase), 0);
}
