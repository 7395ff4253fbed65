import { describe, expect, it } from 'vitest';
import type { MethodField } from '../learn/learn-form.svelte.ts';
import { domainOf, isRange, rangeRow, rowProblem } from './range-row.ts';

const field = (changes: Partial<MethodField>): MethodField => ({
  key: 'beta',
  label: 'β',
  help: '',
  unit: null,
  type: 'number',
  default: 1,
  min: 0,
  max: 1000,
  options: null,
  advanced: false,
  search: null,
  ...changes,
});

describe('a row of the form', () => {
  it('begins with what the method suggests', () => {
    const row = rangeRow(field({ search: { low: 0.01, high: 10, log: true } }), 1);
    expect(row).toMatchObject({ searched: true, low: 0.01, high: 10, log: true });
    expect(domainOf(row)).toEqual({ low: 0.01, high: 10, log: true });
    const widths = rangeRow(field({ type: 'text', search: { choices: ['64', '128-32'] } }), '64');
    expect(widths.list).toBe('64, 128-32');
    expect(domainOf(widths)).toEqual({ choices: ['64', '128-32'] });
  });

  it('offers something around the value where nothing is suggested', () => {
    expect(rangeRow(field({}), 2)).toMatchObject({ searched: false, low: 0.5, high: 8, log: true });
    expect(rangeRow(field({ type: 'integer', min: 1, max: 300 }), 128)).toMatchObject({
      low: 32,
      high: 300,
      log: false,
    });
    expect(rangeRow(field({ type: 'boolean', min: null, max: null }), true).options).toEqual(['true', 'false']);
    expect(rangeRow(field({ type: 'choice', options: ['a', 'b'] }), 'a').options).toEqual(['a', 'b']);
  });

  it('sends lists as what they are', () => {
    const yesNo = { ...rangeRow(field({ type: 'boolean', min: null, max: null }), true), searched: true };
    expect(isRange(yesNo)).toBe(false);
    expect(domainOf(yesNo)).toEqual({ choices: [true, false] });
    const sizes = rangeRow(field({ type: 'integer', search: { choices: [64, 128] } }), 64);
    expect(domainOf({ ...sizes, list: '64 128; 256, 64' })).toEqual({ choices: [64, 128, 256] });
  });

  it('says what cannot be', () => {
    const row = rangeRow(field({ search: { low: 1, high: 10, log: true } }), 1);
    expect(rowProblem({ ...row, low: 0 })).toContain('above 0');
    expect(rowProblem({ ...row, low: 20 })).toContain('below');
    expect(rowProblem({ ...row, high: 2000 })).toContain('At most 1000');
    expect(rowProblem({ ...row, high: null })).toContain('number');
    expect(rowProblem({ ...row, step: 12 })).toContain('step');
    expect(rowProblem({ ...row, searched: false, value: NaN })).toContain('number');
    const list = rangeRow(field({ type: 'text', search: { choices: ['a', 'b'] } }), 'a');
    expect(rowProblem({ ...list, list: 'a' })).toContain('two values');
    expect(domainOf({ ...row, low: 0 })).toBeNull();
  });
});
