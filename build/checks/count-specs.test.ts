import { expect, it } from 'vitest';
import { countSpecs } from './count-specs.ts';

const stats = { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };

it('counts what passed, failed and was skipped; a second try that passes is a pass', () => {
  const report = { stats: { expected: 5, unexpected: 2, flaky: 1, skipped: 3 }, errors: [] };
  expect(countSpecs(report, 1)).toEqual({ passed: 6, failed: 2, skipped: 3 });
});

it('counts errors outside the specs, a missing report, and a run without specs as failures', () => {
  expect(countSpecs({ stats: { ...stats, expected: 1 }, errors: [{ message: 'no such file' }] }, 1).failed).toBe(1);
  expect(countSpecs(null, 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(countSpecs({ stats, errors: [] }, 0).failed).toBe(1);
  expect(countSpecs({ stats: { ...stats, expected: 4 }, errors: [] }, 130).failed).toBe(1);
});
