import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collectRows } from '../testing/collect-matrix.ts';
import { ChunkBuilder } from './chunk-builder.ts';
import type { CleaningRules } from './chunk-builder.ts';
import { cleanAxis } from './clean-axis.ts';
import { uniqueNames } from './unique-names.ts';
import { ValueSurvey } from './value-survey.ts';

describe('uniqueNames', () => {
  it('does as AnnData does', () => {
    expect(uniqueNames(['a', 'a', 'b', 'a-1', 'a', 'b'], null, 'gene').names).toEqual([
      'a',
      'a-2',
      'b',
      'a-1',
      'a-3',
      'b-1',
    ]);
  });

  it('always ends with unique, non-empty names and leaves unique ones alone', () => {
    const name = fc.constantFrom('', ' ', 'a', 'b', 'a-1', 'a-1-1', 'gene-1', 'gene-2');
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const unique = uniqueNames(names, null, 'gene');
        expect(new Set(unique.names).size).toBe(names.length);
        expect(unique.names.every((one) => one.trim() !== '')).toBe(true);
        const again = uniqueNames(unique.names, null, 'gene');
        expect(again).toMatchObject({ names: unique.names, renamed: 0, filled: 0 });
      }),
    );
  });
});

describe('cleanAxis', () => {
  it('says what it changed and keeps the original names', () => {
    const { table, warnings } = cleanAxis({ names: ['Alb', 'Alb', ''], ids: ['E1', 'E2', 'E3'], columns: [] }, 'gene');
    expect(table.names).toEqual(['Alb', 'Alb-1', 'E3']);
    expect(table.columns).toEqual([{ kind: 'string', name: 'original_name', values: ['Alb', 'Alb', ''] }]);
    expect(warnings).toEqual([
      '1 gene had no name and got their identifier instead.',
      "1 gene had the same name as another one (Alb, for instance): they got '-1', '-2' … at the end.",
      "The gene names as they are in the file were kept in the column 'original_name'.",
    ]);
  });

  it('leaves a clean axis as it is', () => {
    expect(cleanAxis({ names: ['1', '2'], ids: null, columns: [] }, 'cell')).toEqual({
      table: { names: ['1', '2'], columns: [] },
      warnings: [],
    });
  });
});

const rules: CleaningRules = {
  file: 'f',
  nSourceVar: 6,
  nVar: 6,
  varMap: null,
  valueKind: 'real',
  obsName: (i) => `c${i}`,
  varName: (i) => `g${i}`,
};

describe('ChunkBuilder', () => {
  it('sorts, sums and drops like a dense matrix would', async () => {
    const entries = fc.array(fc.tuple(fc.nat(5), fc.integer({ min: -3, max: 3 })), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.array(entries, { minLength: 1, maxLength: 6 }), async (observations) => {
        const builder = new ChunkBuilder(0, rules);
        for (const one of observations)
          builder.append(
            one.map(([index]) => index),
            one.map(([, value]) => value),
            0,
            one.length,
          );
        const chunk = builder.finish();
        const expected = observations.map((one) => {
          const row = [0, 0, 0, 0, 0, 0];
          for (const [index, value] of one) row[index] += value;
          return row;
        });
        expect(await collectRows(only(chunk), 6)).toEqual(expected);
      }),
    );
  });

  it('leaves out variables, in the order of those kept', async () => {
    const builder = new ChunkBuilder(0, { ...rules, nVar: 2, varMap: Int32Array.of(1, -1, 0, -1, -1, -1) });
    builder.append([0, 1, 2], [5, 6, 7], 0, 3);
    expect(await collectRows(only(builder.finish()), 2)).toEqual([[7, 5]]);
  });

  it.each([
    ['counts', 1.5, /cell c3, gene g1.*whole counts/],
    ['counts', -1, /cell c3/],
    ['nonnegative', -0.5, /no negative/],
    ['real', NaN, /NaN/],
    ['real', 1e300, /too large/],
  ] as const)('holds %s to their kind: %s', (valueKind, value, message) => {
    const builder = new ChunkBuilder(2, { ...rules, valueKind });
    builder.append([0], [1], 0, 1);
    expect(() => builder.append([0, 1], [1, value], 0, 2)).toThrow(message);
  });

  it('refuses a variable that the file does not have', () => {
    expect(() => new ChunkBuilder(0, rules).append([6], [1], 0, 1)).toThrow(/gene number 7 for cell c0.*only 6/);
  });
});

describe('ValueSurvey', () => {
  it.each([
    [[1, 2, 0, 3], 'counts', null],
    [[1, 0.5], 'nonnegative', /fractions \(50 %/],
    [[1, -2, 0.5], 'real', /negative/],
    [[2 ** 25], 'counts', /16,777,216/],
  ])('%j are %s', (values, kind, warning) => {
    const survey = new ValueSurvey();
    expect(survey.add(Float64Array.from(values))).toBe(-1);
    expect(survey.kind()).toBe(kind);
    if (warning === null) expect(survey.warning('X')).toBeNull();
    else expect(survey.warning('X')).toMatch(warning);
  });

  it('finds the first value that is no number', () => {
    expect(new ValueSurvey().add(Float64Array.of(1, 2, -Infinity, NaN))).toBe(2);
  });
});

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}
