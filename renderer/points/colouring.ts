import { paletteColour, type ContinuousPalette } from '../../main/contract/palettes/continuous.ts';

/** What gives the points their colours. Missing: code -1, or a value that is not a number. */
export type Colouring =
  | { kind: 'plain'; colour: string }
  | {
      kind: 'categorical';
      /** [n] */
      codes: Int32Array;
      /** Colour of each code, `#rrggbb`. */
      colours: readonly string[];
    }
  | {
      kind: 'numeric';
      /** [n] */
      values: Float32Array;
      palette: ContinuousPalette;
      /** Values that get the first and the last colour; beyond them the colour stays. */
      min: number;
      max: number;
      /** Colours by log(1 + value). */
      log: boolean;
    };

/** Whether two colourings give every point the same colour; arrays are the same where they are one object. */
export function sameColouring(a: Colouring, b: Colouring): boolean {
  if (a.kind === 'plain') return b.kind === 'plain' && a.colour === b.colour;
  if (a.kind === 'categorical') {
    if (b.kind !== 'categorical' || a.codes !== b.codes || a.colours.length !== b.colours.length) return false;
    return a.colours.every((colour, code) => colour === b.colours[code]);
  }
  return (
    b.kind === 'numeric' &&
    a.values === b.values &&
    a.palette === b.palette &&
    a.min === b.min &&
    a.max === b.max &&
    a.log === b.log
  );
}

/** Stands for a missing value where NaN cannot: shaders need not keep it. */
export const MISSING_VALUE = -3e38;

const STEPS = 256;

/** What the graphics card looks colours up in: one value a point, and a row of colours. */
export function colourValues(colouring: Colouring, n: number): Float32Array {
  const out = new Float32Array(n);
  if (colouring.kind === 'categorical') {
    const { codes } = colouring;
    for (let i = 0; i < n; i++) out[i] = codes[i] < 0 ? MISSING_VALUE : codes[i];
  } else if (colouring.kind === 'numeric') {
    const { values } = colouring;
    for (let i = 0; i < n; i++) out[i] = Number.isFinite(values[i]) ? values[i] : MISSING_VALUE;
  }
  return out;
}

/** Colours of the categories, or the palette in 256 steps: [count, 4] bytes. */
export function colourTexels(colouring: Colouring): Uint8Array {
  const colours =
    colouring.kind === 'plain'
      ? [colouring.colour]
      : colouring.kind === 'categorical'
        ? colouring.colours.length > 0
          ? colouring.colours
          : ['#000000']
        : Array.from({ length: STEPS }, (_, i) => paletteColour(colouring.palette, i / (STEPS - 1)));
  const texels = new Uint8Array(4 * colours.length);
  colours.forEach((colour, i) => texels.set([...rgbOf(colour), 255], 4 * i));
  return texels;
}

/** Place of a value on its colour scale, 0 … 1; NaN where it is missing. */
export function placeOf(value: number, scale: { min: number; max: number; log: boolean }): number {
  if (!Number.isFinite(value)) return NaN;
  const on = (x: number): number => (scale.log ? Math.log1p(Math.max(0, x)) : x);
  const span = on(scale.max) - on(scale.min);
  return span > 0 ? Math.min(1, Math.max(0, (on(value) - on(scale.min)) / span)) : value > scale.min ? 1 : 0;
}

/** The colour of each point, `#rrggbb` or `missing`; for what is drawn without the graphics card. */
export function pointColours(colouring: Colouring, missing: string): (point: number) => string {
  const texels = colourTexels(colouring);
  const hex = (byte: number): string => byte.toString(16).padStart(2, '0');
  const colours = Array.from(
    { length: texels.length / 4 },
    (_, i) => `#${[0, 1, 2].map((channel) => hex(texels[4 * i + channel])).join('')}`,
  );
  if (colouring.kind === 'plain') return () => colours[0];
  if (colouring.kind === 'categorical')
    return (point) => (colouring.codes[point] < 0 ? missing : colours[colouring.codes[point] % colours.length]);
  return (point) => {
    const place = placeOf(colouring.values[point], colouring);
    return Number.isNaN(place) ? missing : colours[Math.round(place * (colours.length - 1))];
  };
}

/** '#rrggbb' → [r, g, b], 0 … 255. */
export function rgbOf(colour: string): [number, number, number] {
  const value = parseInt(colour.slice(1, 7), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
