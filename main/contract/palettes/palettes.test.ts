import { describe, expect, it } from 'vitest';
import { CATEGORY_COLOURS, categoryColour, MISSING_COLOUR } from './categorical.ts';
import { clusterOrder } from './cluster-order.ts';
import { paletteColour } from './continuous.ts';

describe('palettes', () => {
  it('hold 40 different colours, and the grey of missing values is none of them', () => {
    expect(new Set(CATEGORY_COLOURS).size).toBe(40);
    expect(CATEGORY_COLOURS).not.toContain(MISSING_COLOUR);
    expect(categoryColour(41)).toBe(CATEGORY_COLOURS[1]);
  });

  it('run from end to end', () => {
    // The published ends of viridis and the middle of the diverging palette.
    expect([paletteColour('viridis', 0), paletteColour('viridis', 1)]).toEqual(['#440154', '#fde725']);
    expect(paletteColour('blue-white-red', 0.5)).toBe('#ffffff');
    expect(paletteColour('accent', -1)).toBe('#ffffff');
  });

  it('grow lighter all the way, so that they print in grey', () => {
    const lightness = (hex: string): number => {
      const [r, g, b] = [1, 3, 5].map((at) => (parseInt(hex.slice(at, at + 2), 16) / 255) ** 2.2);
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    for (const palette of ['viridis', 'magma', 'cividis'] as const) {
      const steps = Array.from({ length: 65 }, (_, i) => lightness(paletteColour(palette, i / 64)));
      for (let i = 1; i < steps.length; i++) expect(steps[i]).toBeGreaterThan(steps[i - 1]);
    }
  });
});

describe('clusterOrder', () => {
  it('puts the largest first, leaves out empty ones and counts the missing', () => {
    const { order, missing } = clusterOrder([2, 2, 0, -1, 0, 2, 3], 5);
    expect(order).toEqual([
      { code: 2, size: 3 },
      { code: 0, size: 2 },
      { code: 3, size: 1 },
    ]);
    expect(missing).toBe(1);
  });
});
