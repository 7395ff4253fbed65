import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readGemHeader } from './gem-header.ts';
import { GemParser } from './gem-parser.ts';

type Row = [gene: string, x: number, y: number, count: number, cell?: number];

/** Feeds the text below the header in pieces of the given sizes and collects every line. */
function parse(text: string, pieces: number[] = [], exons = false): Row[] {
  const header = readGemHeader(text)!;
  const parser = new GemParser('chip.gem', header, exons);
  const bytes = Buffer.from(text.split('\n').slice(header.lines).join('\n'));
  const rows: Row[] = [];
  const collect = () => {
    for (let i = 0; i < parser.length; i++) {
      const row: Row = [parser.ids.texts[parser.genes[i]], parser.xs[i], parser.ys[i], parser.counts[i]];
      if (parser.cells) row.push(parser.cells[i]);
      rows.push(row);
    }
  };
  let at = 0;
  for (const size of [...pieces, bytes.length]) {
    parser.push(bytes.subarray(at, at + size));
    collect();
    at += size;
  }
  parser.end();
  collect();
  return rows;
}

const head = 'geneID\tx\ty\tMIDCount\n';

describe('GemParser', () => {
  it('reads ordinary lines, with and without the last line break', () => {
    expect(parse(`${head}Alb\t5\t7\t2\nAlb\t6\t7\t1\nGapdh\t5\t7\t10`)).toEqual([
      ['Alb', 5, 7, 2],
      ['Alb', 6, 7, 1],
      ['Gapdh', 5, 7, 10],
    ]);
  });

  it('gives the same whatever the pieces are that the bytes come in', () => {
    const gene = fc.constantFrom('Alb', 'Albx', 'Al', 'Ünï', 'A very long gene name of an assembly nobody has named');
    const line = fc.tuple(gene, fc.nat(30_000), fc.nat(30_000), fc.nat(500));
    fc.assert(
      fc.property(fc.array(line), fc.array(fc.nat(40)), fc.boolean(), (lines, pieces, crlf) => {
        const text = head + lines.map((fields) => fields.join('\t') + (crlf ? '\r\n' : '\n')).join('');
        expect(parse(text, pieces)).toEqual(lines);
      }),
    );
  });

  it('finds columns by their names, in any order, with commas, spaces and quotes', () => {
    const expected: Row[] = [
      ['Alb', 5, 7, 2],
      ['Gapdh', 6, 8, 1],
    ];
    expect(parse('x,y,geneID,UMICount\n5,7,Alb,2\n6,8,Gapdh,1\n')).toEqual(expected);
    expect(parse('"geneID","x","y","MIDCounts"\n"Alb","5","7","2"\n"Gapdh",6,8,1\n')).toEqual(expected);
    expect(parse('geneID x y MIDCounts\nAlb 5 7 2\nGapdh  6 8  1\n')).toEqual(expected);
    expect(parse('x\ty\tMIDCount\tgeneID\r\n5\t7\t2\tAlb\r\n6\t8\t1\tGapdh\r\n')).toEqual(expected);
  });

  it('takes numbers written as 12.0, negative coordinates, empty lines and comments below the header', () => {
    expect(parse(`${head}Alb\t5.0\t-7\t2\n\n# note\nAlb\t1e2\t 7\t1\n`)).toEqual([
      ['Alb', 5, -7, 2],
      ['Alb', 100, 7, 1],
    ]);
  });

  it('reads exon counts and cells where they are asked for', () => {
    const text =
      'geneID\tgeneName\tx\ty\tMIDCount\tExonCount\tCellID\nE1\tAlb\t1\t2\t9\t4\t17\nE2\tAfp\t1\t2\t3\t3\t\n';
    expect(parse(text)).toEqual([
      ['E1', 1, 2, 9, 17],
      ['E2', 1, 2, 3, 0],
    ]);
    expect(parse(text, [], true).map((row) => row[3])).toEqual([4, 3]);
  });

  it('keeps the name that stands beside an identifier', () => {
    const header = readGemHeader('geneID\tgeneName\tx\ty\tMIDCount\n')!;
    const parser = new GemParser('chip.gem', header, false);
    parser.push(Buffer.from('E2\tAfp\t1\t2\t3\nE1\tAlb\t1\t2\t9\nE2\tAfp\t4\t2\t3.0\nE3\t\t4\t2\t3\n'));
    expect([parser.ids.texts, parser.names]).toEqual([
      ['E2', 'E1', 'E3'],
      ['Afp', 'Alb', ''],
    ]);
  });

  it.each([
    ['Alb\t5\tx7\t1', /Line 3 of chip.gem is wrong: y is 'x7', not a number. The line is: "Alb\t5\tx7\t1"/],
    ['Alb\t5\t7\t-1', /Line 3 .* MIDCount is negative/],
    ['Alb\t5\t7\t1.5', /Line 3 .* MIDCount is no whole number/],
    ['Alb\t5\t7', /Line 3 .* 3 columns instead of 4/],
    ['Alb\t5\t7\t1\t2', /Line 3 .* 5 columns instead of 4/],
    ['\t5\t7\t1', /Line 3 .* geneID is empty/],
    ['Alb\t5\t\t1', /Line 3 .* y is empty/],
    ['Alb\t5\t7\t99999999999', /Line 3 .* larger than any chip/],
    ['Alb\t50000000\t7\t1', /Line 3 .* x is larger than any chip/],
  ])('names the line and what is wrong with %j', (line, message) => {
    expect(() => parse(`${head}Alb\t1\t1\t1\n${line}\nAlb\t1\t1\t1\n`)).toThrow(message);
  });
});
