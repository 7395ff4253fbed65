import { FONT, MARGIN } from './figure-style.ts';
import { figureText } from './figure-text.ts';
import { wrapText } from './text-width.ts';

const LINE = 14;

/** A title in at most three lines, and the height that is left free for it. */
export function figureTitle(title: string, widthPx: number): { elements: object[]; bottom: number } {
  const lines = title === '' ? [] : wrapText(title, FONT.title, widthPx - 2 * MARGIN, 3);
  return {
    elements: lines.map((line, i) =>
      figureText(line, MARGIN, MARGIN + i * LINE, { size: FONT.title, bold: true, baseline: 'top' }),
    ),
    bottom: MARGIN + lines.length * LINE + (lines.length > 0 ? 4 : 0),
  };
}
