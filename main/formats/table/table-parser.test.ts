import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { TableParser } from './table-parser.ts';
import type { ColumnUse, ParserSettings } from './table-parser.ts';

interface Taken {
  line: number;
  texts: string[];
  values: [number, number][];
}

/** Everything the parser hands over for `content`, pushed in pieces of `size` bytes. */
function parse(content: string, settings: Partial<ParserSettings>, size = 1e9): Taken[] {
  const rows: Taken[] = [];
  const bytes = Buffer.from(content);
  const parser = new TableParser(
    {
      file: 't.csv',
      delimiter: ',',
      uses: [],
      otherwise: 'text',
      width: null,
      preamble: 0,
      missing: 'refuse',
      columnName: (c) => `c${c}`,
      ...settings,
    },
    ({ line, texts, columns, values, length }) =>
      rows.push({ line, texts: [...texts], values: Array.from({ length }, (_, i) => [columns[i], values[i]]) }),
  );
  for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
  parser.end();
  return rows;
}

const field = fc.string({ maxLength: 10, unit: 'grapheme' }).map((text) => text.replace(/[\0\r\uFEFF]/g, '').trim());
const table = fc
  .integer({ min: 2, max: 5 })
  .chain((width) => fc.array(fc.array(field, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 8 }));

describe('TableParser', () => {
  it('reads back any quoted table, however its bytes are cut', () => {
    fc.assert(
      fc.property(
        table,
        fc.constantFrom(',', '\t', ';', '|'),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (rows, delimiter, lineEnd, size, hasBom) => {
          const text = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(delimiter));
          const content = (hasBom ? '\uFEFF' : '') + text.join(lineEnd);
          expect(parse(content, { delimiter }, size).map(({ texts }) => texts)).toEqual(rows);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('reads numbers as JavaScript does, and keeps those that are not zero', () => {
    const number = fc.oneof(
      fc.nat({ max: 30 }).map(String),
      fc.constant('0'),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(String),
      fc.integer().map((n) => (n / 1000).toFixed(3)),
      fc.nat().map((n) => `"${n}"`),
      fc.nat().map((n) => ` ${n} `),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(number, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
        fc.integer({ min: 1, max: 30 }),
        (rows, size) => {
          const content = rows.map((row, i) => [`n${i}`, ...row].join(',')).join('\n');
          const uses: ColumnUse[] = ['text', 'number', 'number', 'number'];
          const found = parse(content, { uses, width: 4 }, size);
          const expected = rows.map((row) =>
            row
              .map((text, i): [number, number] => [i + 1, Number(text.replaceAll('"', ''))])
              .filter(([, value]) => value !== 0),
          );
          expect(found.map(({ values }) => values)).toEqual(expected);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('answers junk with a LacunaError, never with anything else', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 200, unit: 'binary' }),
        fc.integer({ min: 1, max: 50 }),
        fc.constantFrom(',', '\t', ' '),
        (text, size, delimiter) => {
          try {
            parse(text, { delimiter, uses: ['text', 'number'], otherwise: 'number', width: 2 }, size);
          } catch (error) {
            expect(error).toBeInstanceOf(LacunaError);
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('knows lines of old Macintosh programs, blank lines, runs of blanks and comments before the table', () => {
    expect(parse('a,1\rb,2\r', {}).map(({ texts }) => texts)).toEqual([['a', '1'], ['b', '2']]); // prettier-ignore
    expect(parse('a,1\n\n  \nb,2\n\n', {}).map(({ line, texts }) => [line, texts[0]])).toEqual([[1, 'a'], [4, 'b']]); // prettier-ignore
    expect(parse('a   1  2 \n  b 3 4', { delimiter: ' ' }).map(({ texts }) => texts)).toEqual([['a', '1', '2'], ['b', '3', '4']]); // prettier-ignore
    expect(parse('# made today\nname,n\na,1\n', { preamble: 2, width: 2 }).map(({ line }) => line)).toEqual([3]);
  });

  it('passes over numbers when only names are wanted', () => {
    const rows: string[] = [];
    const parser = new TableParser(
      { file: 't', delimiter: ',', uses: ['text'], otherwise: 'number', width: 3, preamble: 0, missing: 'refuse', columnName: String }, // prettier-ignore
      ({ texts, length }) => rows.push(`${texts[0]}:${length}`),
    );
    parser.push(Buffer.from('a,1,2\n'));
    parser.textOnly = true;
    parser.push(Buffer.from('b,1,junk\r\n"c\nd",5,6\n'));
    parser.end();
    expect(rows).toEqual(['a:2', 'b:0', 'c\nd:0']);
  });

  it.each([
    ['a,1\nb,1,5\n', 'bad-file', /line 2 has 3 columns, where 2 columns were expected/, /decimal comma/],
    ['a;1\nb;1,5\n', 'bad-file', /t\.csv, line 2, column c1: "1,5" has a comma/, /decimal points/],
    ['a,1\nb,x\n', 'bad-file', /line 2, column c1: "x" is no number/, /annotations/],
    ['a,1\nb,NA\n', 'bad-file', /line 2, column c1: "NA" stands for a missing value/, /missing=zero/],
    ['a,1\nb,\n', 'bad-file', /line 2, column c1: the field is empty/, /missing=zero/],
    ['a,1\nb', 'truncated-file', /stops in the middle of line 2, after 1 column of 2/, /copy/],
    ['a,1\n"b,2\nc,3\n', 'bad-file', /quotation mark that is opened on line 2 is never closed/, /CSV/],
    ['a,1\n"b"c,2\n', 'bad-file', /line 2: a quotation mark is closed before its field ends/, /twice/],
  ])('names the place of what is wrong in %j', (content, code, message, remedy) => {
    const delimiter = content.includes(';') ? ';' : ',';
    expect(() => parse(content, { delimiter, uses: ['text', 'number'], width: 2 })).toThrow(
      expect.objectContaining({
        code,
        message: expect.stringMatching(message),
        remedy: expect.stringMatching(remedy),
      }) as Error,
    );
  });

  it('takes gaps for zeros where that was said', () => {
    const found = parse('a,NA,2\nb,,3\n', { uses: ['text'], otherwise: 'number', width: 3, missing: 'zero' });
    expect(found.map(({ values }) => values)).toEqual([[[2, 2]], [[2, 3]]]);
  });
});
