import { expect, test } from 'vitest';
import { memoryWarning } from './memory-warning.ts';

const machine = { totalMemoryBytes: 16e9, freeMemoryBytes: 10e9, threads: 4, flopsPerSecond: 1e11 };

test('a training is warned of when it may not fit, and refused only when it never can', () => {
  expect(memoryWarning(5e9, machine)).toBeNull();
  expect(memoryWarning(12e9, machine)).toMatchObject({ hopeless: false, text: expect.stringContaining('12.0 GB') });
  expect(memoryWarning(20e9, machine)).toMatchObject({ hopeless: false });
  expect(memoryWarning(30e9, machine)).toMatchObject({
    hopeless: true,
    text: expect.stringContaining('cannot run here'),
  });
});
