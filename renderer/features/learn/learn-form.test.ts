import { describe, expect, it } from 'vitest';
import { fieldProblem, type MethodField } from './learn-form.svelte.ts';

const field: MethodField = {
  key: 'epochs',
  label: 'Epochs',
  help: '',
  unit: 'epochs',
  type: 'integer',
  default: 200,
  min: 1,
  max: 1000,
  options: null,
  advanced: false,
  search: null,
};

describe('fieldProblem', () => {
  it('accepts what the schema accepts', () => {
    expect(fieldProblem(field, 200)).toBeNull();
    expect(fieldProblem({ ...field, type: 'text' }, '128-32')).toBeNull();
  });

  it.each([
    [0, /At least 1/],
    [1001, /At most 1000/],
    [1.5, /whole/],
    [Number.NaN, /number/],
    ['ten', /number/],
  ])('says what is wrong with %s', (value, words) => {
    expect(fieldProblem(field, value)).toMatch(words);
  });
});
