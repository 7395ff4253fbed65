import type { Diagram } from '../../../main/contract/entities/explanation.ts';

/** Pixels at natural size: a box with its words, the drawing in it, blanks. */
export const BOX = { width: 100, picture: 56, pictureHeight: 48, row: 124, line: 14, margin: 8 };
/** Letters that fit on a line of a label. */
const LETTERS = 15;

export interface PlacedNode {
  id: string;
  picture: Diagram['columns'][number][number]['picture'];
  /** Upper left corner of the drawing. */
  x: number;
  y: number;
  /** Words under it, line by line. */
  lines: string[];
  note: string;
}

export interface PlacedArrow {
  /** A path of SVG. */
  path: string;
  compares: boolean;
  label: string;
  labelX: number;
  labelY: number;
  anchor: 'start' | 'middle';
}

export interface PlacedDiagram {
  width: number;
  height: number;
  nodes: PlacedNode[];
  arrows: PlacedArrow[];
}

/**
 * Places the boxes of a diagram in columns from left to right, centred in height. Arrows between neighbouring columns are
 * curves, those within a column straight, and those that lead back over columns run below everything.
 */
export function layDiagram(diagram: Diagram): PlacedDiagram {
  const rows = Math.max(...diagram.columns.map((column) => column.length));
  const body = rows * BOX.row;
  const column = new Map<string, number>();
  const nodes = diagram.columns.flatMap((entries, at) =>
    entries.map((node, row): PlacedNode => {
      column.set(node.id, at);
      return {
        id: node.id,
        picture: node.picture,
        x: BOX.margin + at * BOX.width + (BOX.width - BOX.picture) / 2,
        y: BOX.margin + (body - entries.length * BOX.row) / 2 + row * BOX.row,
        lines: wrapWords(node.label, LETTERS),
        note: node.note ?? '',
      };
    }),
  );
  const byId = new Map(nodes.map((node) => [node.id, node]));
  let below = Math.max(...nodes.map(foot)) + 2;
  const arrows = diagram.arrows.map(({ from, to, kind, label = '' }): PlacedArrow => {
    const [a, b] = [byId.get(from), byId.get(to)];
    if (a === undefined || b === undefined)
      throw new Error(`An arrow joins '${from}' and '${to}', and one is missing.`);
    const style = { compares: kind === 'compares', label };
    const distance = (column.get(to) ?? 0) - (column.get(from) ?? 0);
    if (distance === 0) return { ...style, ...within(a, b) };
    if (Math.abs(distance) === 1) return { ...style, ...beside(a, b, distance) };
    const y = below + 10;
    below += 26;
    // Those that compare and those that compute do not end on top of each other.
    return { ...style, ...around(a, b, y, style.compares ? 0 : -14) };
  });
  return { width: diagram.columns.length * BOX.width + 2 * BOX.margin, height: below + BOX.margin, nodes, arrows };
}

type Course = Pick<PlacedArrow, 'path' | 'labelX' | 'labelY' | 'anchor'>;

const middleX = (node: PlacedNode): number => node.x + BOX.picture / 2;
const middleY = (node: PlacedNode): number => node.y + BOX.pictureHeight / 2;
/** Where the words of a box end. */
const foot = (node: PlacedNode): number =>
  node.y + BOX.pictureHeight + (node.lines.length + (node.note === '' ? 0 : 1)) * BOX.line + 6;

/** Straight up or down, from the words of the upper box to the drawing of the lower. */
function within(a: PlacedNode, b: PlacedNode): Course {
  const x = middleX(a);
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
  const [top, bottom] = [foot(upper), lower.y - 4];
  const [from, to] = a.y < b.y ? [top, bottom] : [bottom, top];
  return { path: `M${x} ${from}L${x} ${to}`, labelX: x + 6, labelY: (top + bottom) / 2 + 4, anchor: 'start' };
}

/** A curve to the next column, or back to the one before. */
function beside(a: PlacedNode, b: PlacedNode, direction: number): Course {
  const from = direction > 0 ? a.x + BOX.picture + 5 : a.x - 5;
  const to = direction > 0 ? b.x - 6 : b.x + BOX.picture + 6;
  const [y1, y2] = [middleY(a), middleY(b)];
  const middle = (from + to) / 2;
  const path = y1 === y2 ? `M${from} ${y1}L${to} ${y2}` : `M${from} ${y1}C${middle} ${y1} ${middle} ${y2} ${to} ${y2}`;
  return { path, labelX: middle, labelY: Math.min(y1, y2) - 30, anchor: 'middle' };
}

/** Down, along the foot of the diagram, and up again. */
function around(a: PlacedNode, b: PlacedNode, y: number, shift: number): Course {
  const [x1, x2] = [middleX(a) + shift, middleX(b) + shift];
  const path = `M${x1} ${foot(a)}L${x1} ${y}L${x2} ${y}L${x2} ${foot(b)}`;
  return { path, labelX: (x1 + x2) / 2, labelY: y + 13, anchor: 'middle' };
}

/** Words in lines of at most so many letters; a longer word stands alone. */
export function wrapWords(text: string, letters: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
