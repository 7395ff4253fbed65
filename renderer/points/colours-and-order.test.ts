import { describe, expect, it } from 'vitest';
import {
  colourTexels,
  colourValues,
  MISSING_VALUE,
  placeOf,
  rgbOf,
  sameColouring,
  type Colouring,
} from './colouring.ts';
import { combineSelection, countSelected, modeOfKeys } from './combine-selection.ts';
import { drawOrder } from './draw-order.ts';
import { suitableSize, typicalSpacing } from './point-size.ts';

const numeric = (values: number[]): Colouring => ({
  kind: 'numeric',
  values: Float32Array.from(values),
  palette: 'viridis',
  min: 0,
  max: 10,
  log: false,
});

describe('colours', () => {
  it('mark what is missing', () => {
    expect([...colourValues({ kind: 'categorical', codes: Int32Array.of(2, -1), colours: [] }, 2)]).toEqual([
      2,
      Math.fround(MISSING_VALUE),
    ]);
    expect([...colourValues(numeric([1.5, NaN]), 2)]).toEqual([1.5, Math.fround(MISSING_VALUE)]);
  });

  it('are the categories, or 256 steps of the palette from its first to its last colour', () => {
    expect([
      ...colourTexels({ kind: 'categorical', codes: Int32Array.of(0), colours: ['#010203', '#ff8000'] }),
    ]).toEqual([1, 2, 3, 255, 255, 128, 0, 255]);
    const texels = colourTexels(numeric([1]));
    expect(texels.length).toBe(1024);
    expect([...texels.slice(0, 3)]).toEqual(rgbOf('#440154'));
  });

  it('are the same only where every point looks the same', () => {
    const values = Float32Array.of(1, 2);
    const gene: Colouring = { kind: 'numeric', values, palette: 'viridis', min: 0, max: 2, log: false };
    const codes = Int32Array.of(0, 1);
    const groups: Colouring = { kind: 'categorical', codes, colours: ['#010203', '#040506'] };
    const plain: Colouring = { kind: 'plain', colour: '#010203' };
    const all = [gene, groups, plain];
    expect(all.map((a) => all.map((b) => sameColouring(a, { ...b })))).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ]);
    const others: [Colouring, Colouring][] = [
      [gene, { ...gene, values: values.slice() }],
      [gene, { ...gene, palette: 'magma' }],
      [gene, { ...gene, min: -1 }],
      [gene, { ...gene, max: 3 }],
      [gene, { ...gene, log: true }],
      [groups, { ...groups, codes: codes.slice() }],
      [groups, { ...groups, colours: ['#010203', '#000000'] }],
      [groups, { ...groups, colours: ['#010203'] }],
      [plain, { ...plain, colour: '#000000' }],
    ];
    for (const [a, b] of others) expect(sameColouring(a, b)).toBe(false);
  });

  it('place values on their scale, clipped at both ends', () => {
    const scale = { min: 2, max: 6, log: false };
    expect([1, 2, 4, 9].map((value) => placeOf(value, scale))).toEqual([0, 0, 0.5, 1]);
    expect(placeOf(9, { min: 0, max: 99, log: true })).toBeCloseTo(0.5);
    expect(placeOf(NaN, scale)).toBeNaN();
    expect(placeOf(1, { min: 0, max: 0, log: false })).toBe(1);
  });
});

describe('draw order', () => {
  it('puts the missing first, high values last and the selected on top', () => {
    const colouring = numeric([5, NaN, 9, 0, 7]);
    expect([...drawOrder(colouring, 5, null)]).toEqual([1, 3, 0, 4, 2]);
    expect([...drawOrder(colouring, 5, Uint8Array.of(0, 0, 0, 1, 0))]).toEqual([1, 0, 4, 2, 3]);
  });

  it('holds every point once, whatever the values', () => {
    for (const values of [
      [3, 3, 3],
      [NaN, NaN, NaN],
      [-1, Infinity, 1e30],
    ]) {
      expect([...drawOrder(numeric(values), 3, null)].sort()).toEqual([0, 1, 2]);
    }
  });

  it('draws cells without a group below those with one', () => {
    expect([
      ...drawOrder({ kind: 'categorical', codes: Int32Array.of(1, -1, 0), colours: ['#000000'] }, 3, null),
    ]).toEqual([1, 0, 2]);
  });
});

describe('selections', () => {
  const before = Uint8Array.of(1, 1, 0, 0);
  const added = Uint8Array.of(1, 0, 1, 0);

  it('meet as sets do', () => {
    expect([...combineSelection(before, added, 'replace')]).toEqual([1, 0, 1, 0]);
    expect([...combineSelection(before, added, 'add')]).toEqual([1, 1, 1, 0]);
    expect([...combineSelection(before, added, 'subtract')]).toEqual([0, 1, 0, 0]);
    expect([...combineSelection(before, added, 'intersect')]).toEqual([1, 0, 0, 0]);
    expect([...combineSelection(null, added, 'subtract')]).toEqual([0, 0, 0, 0]);
    expect(countSelected(before)).toBe(2);
    expect(countSelected(null)).toBe(0);
  });

  it('are added with Shift, taken away with Alt, intersected with both', () => {
    expect(modeOfKeys({ shiftKey: true, altKey: false }, 'replace')).toBe('add');
    expect(modeOfKeys({ shiftKey: false, altKey: true }, 'replace')).toBe('subtract');
    expect(modeOfKeys({ shiftKey: true, altKey: true }, 'replace')).toBe('intersect');
    expect(modeOfKeys({ shiftKey: false, altKey: false }, 'subtract')).toBe('subtract');
  });
});

describe('sizes', () => {
  it('suit the number of points and grow slower than the zoom', () => {
    expect(suitableSize(120_000, 800, 600, 1)).toBeLessThan(suitableSize(2_000, 800, 600, 1));
    const [near, far] = [suitableSize(2_000, 800, 600, 4), suitableSize(2_000, 800, 600, 1)];
    expect(near).toBeGreaterThan(far);
    expect(near / far).toBeLessThan(4);
  });

  it('find the pitch of a lattice', () => {
    expect(typicalSpacing({ minX: 0, maxX: 100, minY: 0, maxY: 50 }, 5000)).toBe(1);
  });
});
