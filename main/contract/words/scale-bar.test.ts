import { describe, expect, it } from 'vitest';
import { micrometresOf, scaleBar, unitOfMicrometres } from './scale-bar.ts';

describe('scaleBar', () => {
  it('is of a round length that fits', () => {
    expect(scaleBar(0.5, 'µm', 120)).toEqual({ pixels: 100, text: '200 µm' });
    expect(scaleBar(0.05, 'µm', 120)).toEqual({ pixels: 100, text: '2 mm' });
    expect(scaleBar(2, 'pixel', 120)).toEqual({ pixels: 100, text: '50 pixel' });
  });

  it('knows units that are a number of µm', () => {
    expect(scaleBar(0.25, '0.5 µm', 120)).toEqual({ pixels: 100, text: '200 µm' });
    expect(micrometresOf('0.5 um')).toBe(0.5);
    expect(micrometresOf('pixel')).toBeNull();
    expect(micrometresOf('0 µm')).toBeNull();
    for (const each of [1, 0.65, 12, 1e-7]) expect(micrometresOf(unitOfMicrometres(each))).toBe(each);
  });

  it('is absent where the unit is not known', () => {
    expect(scaleBar(1, '')).toBeNull();
  });
});
