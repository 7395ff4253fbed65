import sequential from './sequential.json' with { type: 'json' };

/** Colour maps for numbers. `accent` runs from white to the accent; `blue-white-red` is for values around 0. */
export type ContinuousPalette = 'viridis' | 'magma' | 'cividis' | 'accent' | 'blue-white-red';

/** The one accent of the interface, as print knows it. */
export const ACCENT_COLOUR = '#0b6e99';

const STOPS: Record<ContinuousPalette, readonly string[]> = {
  // Sampled from matplotlib by build/palettes/make-sequential.py.
  viridis: sequential.viridis,
  magma: sequential.magma,
  cividis: sequential.cividis,
  accent: ['#ffffff', '#b5d3e0', '#5fa3c0', ACCENT_COLOUR],
  // Seven steps of even lightness change on both sides of white.
  'blue-white-red': ['#2c5c9e', '#6d93c6', '#b4c9e4', '#ffffff', '#f0bdb0', '#d97b6c', '#a8302f'],
};

/** The evenly spaced colours of a palette, `#rrggbb`; between them colours are interpolated linearly in sRGB. */
export function paletteStops(palette: ContinuousPalette): readonly string[] {
  return STOPS[palette];
}

/** Colour at `t` in [0, 1]; values outside are clamped. */
export function paletteColour(palette: ContinuousPalette, t: number): string {
  const stops = STOPS[palette];
  const place = Math.min(1, Math.max(0, t)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(place));
  const share = place - low;
  const channel = (at: number): string => {
    const from = parseInt(stops[low].slice(at, at + 2), 16);
    const to = parseInt(stops[low + 1].slice(at, at + 2), 16);
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
