/**
 * Makes main/contract/palettes/categorical.json: 40 colours for categories.
 *
 * The first 8 are those of M. Okabe and K. Ito, Color Universal Design, 2008, strong ones first. The other 32 are
 * chosen one after the other from a grid of sRGB colours: each time the one whose smallest distance to everything
 * chosen so far is largest, so that a prefix of any length is as well spread as it can be. Distance is Euclidean in
 * OKLab (B. Ottosson, A perceptual color space for image processing, 2020), the mean of the distance as seen with
 * normal vision and with deuteranopia (G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, IEEE TVCG 15(6), 2009,
 * severity 1). White (the background) and the grey of missing values count as chosen; colours must be neither too light nor
 * too dark to be told from background and black, neither grey nor glaring.
 *
 * Usage: node build/palettes/make-categorical.ts
 */
import { writeFileSync } from 'node:fs';

const OKABE_ITO = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#f0e442', '#000000'];
const AVOID = ['#ffffff', '#d9d9d9'];
const SIZE = 40;

type Triple = readonly [number, number, number];

const linear = (c: number): number => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

function oklab([r, g, b]: Triple): Triple {
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}

function deuteranopia([r, g, b]: Triple): Triple {
  const clamp = (x: number): number => Math.min(1, Math.max(0, x));
  return [
    clamp(0.367322 * r + 0.860646 * g - 0.227968 * b),
    clamp(0.280085 * r + 0.672501 * g + 0.047413 * b),
    clamp(-0.01182 * r + 0.04294 * g + 0.968881 * b),
  ];
}

interface Candidate {
  hex: string;
  normal: Triple;
  deutan: Triple;
}

function candidate(hex: string): Candidate {
  const rgb = [1, 3, 5].map((at) => linear(parseInt(hex.slice(at, at + 2), 16) / 255)) as unknown as Triple;
  return { hex, normal: oklab(rgb), deutan: oklab(deuteranopia(rgb)) };
}

const between = (a: Triple, b: Triple): number => Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
const distance = (a: Candidate, b: Candidate): number =>
  (between(a.normal, b.normal) + between(a.deutan, b.deutan)) / 2;

const grid: Candidate[] = [];
for (let r = 0; r < 256; r += 15)
  for (let g = 0; g < 256; g += 15)
    for (let b = 0; b < 256; b += 15) {
      const colour = candidate('#' + [r, g, b].map((c) => c.toString(16).padStart(2, '0')).join(''));
      const [lightness, a, bb] = colour.normal;
      const chroma = Math.hypot(a, bb);
      if (lightness > 0.36 && lightness < 0.86 && chroma > 0.05 && chroma < 0.25) grid.push(colour);
    }

const chosen = OKABE_ITO.map(candidate);
const fixed = AVOID.map(candidate);
while (chosen.length < SIZE) {
  let best = grid[0];
  let bestDistance = -1;
  for (const colour of grid) {
    let nearest = Infinity;
    for (const other of [...chosen, ...fixed]) nearest = Math.min(nearest, distance(colour, other));
    if (nearest > bestDistance) [best, bestDistance] = [colour, nearest];
  }
  chosen.push(best);
  if (chosen.length % 8 === 0)
    console.log(`${chosen.length} colours: nearest pair ${bestDistance.toFixed(3)} apart in OKLab`);
}
const target = new URL('../../main/contract/palettes/categorical.json', import.meta.url);
writeFileSync(
  target,
  JSON.stringify(
    chosen.map((colour) => colour.hex),
    null,
    2,
  ) + '\n',
);
