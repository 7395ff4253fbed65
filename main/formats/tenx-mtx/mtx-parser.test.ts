import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { MtxParser } from './mtx-parser.ts';

interface Entry {
  row: number;
  column: number;
  value: number;
}

/** Feeds the text in pieces cut at the given places, and collects everything. */
function parse(text: string, cuts: readonly number[] = []): { parser: MtxParser; entries: Entry[] } {
  const bytes = new TextEncoder().encode(text);
  const parser = new MtxParser('matrix.mtx');
  const entries: Entry[] = [];
  const take = () => {
    for (let i = 0; i < parser.length; i++)
      entries.push({ row: parser.rows[i], column: parser.columns[i], value: parser.values[i] });
  };
  const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
  for (let i = 0; i + 1 < places.length; i++) {
    parser.push(bytes.slice(places[i], places[i + 1]));
    take();
  }
  parser.end();
  take();
  return { parser, entries };
}

function errorOf(work: () => unknown): LacunaError {
  try {
    work();
  } catch (error) {
    if (error instanceof LacunaError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

const banner = '%%MatrixMarket matrix coordinate integer general\n';

describe('MtxParser', () => {
  it('reads what was written, wherever the bytes are cut', () => {
    const entry = fc.record({
      row: fc.nat(299),
      column: fc.nat(199),
      value: fc.oneof(fc.integer({ min: 0, max: 2 ** 31 }), fc.double({ noNaN: true, noDefaultInfinity: true })),
    });
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 40 }),
        fc.array(fc.nat(2000), { maxLength: 12 }),
        fc.constantFrom('\n', '\r\n'),
        fc.constantFrom(' ', '\t', '  '),
        fc.boolean(),
        (entries, cuts, lineEnd, gap, lastLineEnds) => {
          const lines = [
            '%%MatrixMarket matrix coordinate real general',
            '% a comment',
            ['300', '200', entries.length].join(gap),
            ...entries.map(({ row, column, value }) => [row + 1, column + 1, value].join(gap)),
          ];
          const { entries: read } = parse(lines.join(lineEnd) + (lastLineEnds ? lineEnd : ''), cuts);
          expect(read.map(({ row, column, value }) => ({ row, column, value: value === 0 ? 0 : value }))).toEqual(
            entries.map(({ row, column, value }) => ({ row, column, value: value === 0 ? 0 : value })),
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  it('answers junk with a LacunaError, never with anything else', () => {
    const junk = fc.oneof(
      fc.string({ maxLength: 200 }),
      fc.string({ maxLength: 100 }).map((rest) => banner + rest),
      fc
        .array(fc.string({ maxLength: 20 }), { maxLength: 8 })
        .map((lines) => `${banner}3 3 4\n1 1 1\n${lines.join('\n')}`),
    );
    fc.assert(
      fc.property(junk, fc.array(fc.nat(200), { maxLength: 5 }), (text, cuts) => {
        try {
          parse(text, cuts);
        } catch (error) {
          expect(error).toBeInstanceOf(LacunaError);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds a truncation after any whole line, and names the line', () => {
    const lines = [...Array.from({ length: 20 }, (_, i) => `${i + 1} 1 5`)];
    for (let kept = 0; kept < 20; kept++) {
      const error = errorOf(() => parse(`${banner}20 1 20\n${lines.slice(0, kept).join('\n')}\n`));
      expect(error.code).toBe('truncated-file');
      expect(error.message).toBe(
        `The file ends too early: matrix.mtx stops at line ${Math.max(2, kept + 2) + (kept === 0 ? 1 : 0)} of ${22 + (kept === 0 ? 1 : 0)}.`,
      );
    }
  });

  it('takes a last line cut in the middle as a truncation', () => {
    expect(errorOf(() => parse(`${banner}3 3 2\n1 1 1\n2 2`)).code).toBe('truncated-file');
    expect(errorOf(() => parse(banner.slice(0, -1))).code).toBe('truncated-file');
    expect(errorOf(() => parse('')).code).toBe('truncated-file');
  });

  it('reads patterns, exponents and comments between entries', () => {
    expect(parse('%%MatrixMarket matrix coordinate pattern general\n2 2 2\n1 2\n2 1\n').entries).toEqual([
      { row: 0, column: 1, value: 1 },
      { row: 1, column: 0, value: 1 },
    ]);
    expect(
      parse(
        '%%MatrixMarket matrix coordinate real general\n2 2 3\n1 1 1.5e2\n% note\n\n2 2 -0.25\n2 1 +3\n',
      ).entries.map(({ value }) => value),
    ).toEqual([150, -0.25, 3]);
  });

  it('reads short decimals to the nearest double', () => {
    fc.assert(
      fc.property(fc.nat(10 ** 9), fc.integer({ min: 0, max: 6 }), (digits, decimals) => {
        const text = (digits / 10 ** decimals).toFixed(decimals);
        const [{ value }] = parse(`%%MatrixMarket matrix coordinate real general\n1 1 1\n1 1 ${text}\n`).entries;
        expect(value).toBe(Number(text));
      }),
    );
  });

  it.each([
    ['no banner', 'hello\n', /line 1 is "hello"/],
    ['a dense matrix', '%%MatrixMarket matrix array real general\n', /sparse matrix/],
    ['complex numbers', '%%MatrixMarket matrix coordinate complex general\n', /integer/],
    ['half a matrix', '%%MatrixMarket matrix coordinate real symmetric\n', /general/],
    ['wrong sizes', `${banner}3 x 4\n`, /three numbers/],
    ['a line with words', `${banner}3 3 1\n1 one 1\n`, /line 3: "1 one 1"/],
    ['a row beyond the matrix', `${banner}3 3 1\n4 1 1\n`, /line 3: "4 1 1".*3 rows/],
    ['a row numbered 0', `${banner}3 3 1\n0 1 1\n`, /counted from 1/],
    ['one entry too many', `${banner}3 3 1\n1 1 1\n2 2 2\n`, /line 4.*one more/],
  ])('says what is wrong with %s', (_what, text, message) => {
    const error = errorOf(() => parse(text));
    expect(error.code).toBe('bad-file');
    expect(error.message).toMatch(message);
  });
});
