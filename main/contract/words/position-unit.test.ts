import { expect, it } from 'vitest';
import { positionUnit } from './position-unit.ts';

it('prefers what the layout says, and knows no unit of the array', () => {
  const obsm = [
    { name: 'spatial', unit: 'pixel' },
    { name: 'grid', unit: 'array' },
  ];
  expect(positionUnit({ obsm, spatial: null }, 'spatial')).toBe('pixel');
  expect(positionUnit({ obsm, spatial: { obsm: 'spatial', micrometresPerUnit: null } }, 'spatial')).toBe('pixel');
  expect(positionUnit({ obsm, spatial: { obsm: 'spatial', micrometresPerUnit: 0.5 } }, 'spatial')).toBe('0.5 µm');
  expect(positionUnit({ obsm, spatial: { obsm: 'spatial', micrometresPerUnit: 0.5 } }, 'grid')).toBe('');
  expect(positionUnit({ obsm, spatial: null }, 'missing')).toBe('');
});
