import { expect, it } from 'vitest';
import type { Diagram } from '../../../main/contract/entities/explanation.ts';
import { BOX, layDiagram, wrapWords } from './diagram-layout.ts';

const diagram: Diagram = {
  alt: 'Two inputs become one output, which is compared with the first.',
  columns: [
    [
      { id: 'a', picture: 'matrix', label: 'Measured genes of cells', note: 'x' },
      { id: 'b', picture: 'tissue', label: 'Places' },
    ],
    [{ id: 'c', picture: 'encoder', label: 'Encoder' }],
    [{ id: 'd', picture: 'matrix', label: 'Genes' }],
  ],
  arrows: [
    { from: 'a', to: 'c' },
    { from: 'b', to: 'c' },
    { from: 'c', to: 'd' },
    { from: 'b', to: 'a', kind: 'compares', label: 'error' },
    { from: 'd', to: 'a', kind: 'compares', label: 'error' },
  ],
};

it('places boxes in columns, centred, none on another, all of it on the page', () => {
  const { nodes, arrows, width, height } = layDiagram(diagram);
  const [a, b, c, d] = nodes;
  expect([a.x, c.x - a.x, d.x - c.x]).toEqual([b.x, BOX.width, BOX.width]);
  expect(c.y).toBe((a.y + b.y) / 2);
  expect(b.y - a.y).toBe(BOX.row);
  // Three lines and a note end above the box below.
  expect(a.y + BOX.pictureHeight + (a.lines.length + 1) * BOX.line).toBeLessThan(b.y - 8);
  for (const { path, labelX, labelY } of arrows) {
    const numbers = path.match(/[\d.]+/g)!.map(Number);
    const [xs, ys] = [numbers.filter((_, i) => i % 2 === 0), numbers.filter((_, i) => i % 2 === 1)];
    expect(Math.min(...xs, labelX)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...xs, labelX)).toBeLessThanOrEqual(width);
    expect(Math.max(...ys, labelY)).toBeLessThan(height);
  }
  // The way back runs below the words of every box.
  expect(Math.max(...arrows[4].path.match(/[\d.]+/g)!.map(Number))).toBeGreaterThan(b.y + BOX.pictureHeight);
});

it('does not draw arrows to boxes that are not there', () => {
  expect(() => layDiagram({ ...diagram, arrows: [{ from: 'a', to: 'z' }] })).toThrow(/'z'/);
});

it('breaks labels between words', () => {
  expect(wrapWords('Measured genes of cells', 15)).toEqual(['Measured genes', 'of cells']);
  expect(wrapWords('Zero-inflated Poisson', 15)).toEqual(['Zero-inflated', 'Poisson']);
});
