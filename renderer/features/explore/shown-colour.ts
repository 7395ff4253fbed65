/**
 * Least contrast with the dark ground. More would push dark colours onto their neighbours: at 1.8 the nearest two of the
 * 40 stay as far apart as they are on white, within a tenth.
 */
const LEAST_CONTRAST = 1.8;
const DARK_GROUND = '#14181c';
const STEP = 0.005;

type Triple = readonly [number, number, number];
const kept = new Map<string, string>();

/**
 * A category's colour as the ground lets it be seen. Black, which is one of the first eight, would vanish on the dark
 * one and is shown as its opposite there; other dark colours are raised in lightness, hue and chroma as they are.
 * Figures are on white and keep all of them.
 */
export function shownColour(colour: string, isDark: boolean): string {
  if (!isDark) return colour;
  if (colour === '#000000') return '#e8edf1';
  let shown = kept.get(colour);
  if (shown === undefined) {
    shown = raised(colour);
    kept.set(colour, shown);
  }
  return shown;
}

function raised(colour: string): string {
  const ground = luminance(linear(DARK_GROUND));
  const [lightness, a, b] = oklab(linear(colour));
  for (let up = 0; lightness + up < 1; up += STEP) {
    const rgb = up === 0 ? linear(colour) : fromOklab([lightness + up, a, b]);
    if ((luminance(rgb) + 0.05) / (ground + 0.05) >= LEAST_CONTRAST) return up === 0 ? colour : hexOf(rgb);
  }
  return colour;
}

function linear(colour: string): Triple {
  const channel = (at: number): number => {
    const value = parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function hexOf(rgb: Triple): string {
  const channels = rgb.map((value) => {
    const encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055;
    return Math.round(255 * encoded)
      .toString(16)
      .padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

/** WCAG 2.2, relative luminance. */
function luminance([r, g, b]: Triple): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** B. Ottosson, A perceptual color space for image processing, 2020. */
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

function fromOklab([lightness, a, b]: Triple): Triple {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clamp = (value: number): number => Math.min(1, Math.max(0, value));
  return [
    clamp(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    clamp(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    clamp(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}
