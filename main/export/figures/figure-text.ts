import { FONT, FONT_FAMILY, INK } from './figure-style.ts';

export interface TextStyle {
  size?: number;
  bold?: boolean;
  colour?: string;
  align?: 'left' | 'center' | 'right';
  baseline?: 'top' | 'middle' | 'bottom';
}

/** One line of text at (x, y) as a drawing element. */
export function figureText(text: string, x: number, y: number, style: TextStyle = {}): object {
  return {
    type: 'text',
    silent: true,
    x,
    y,
    style: {
      text,
      fontFamily: FONT_FAMILY,
      fontSize: style.size ?? FONT.text,
      fontWeight: style.bold ? 600 : 400,
      fill: style.colour ?? INK.text,
      textAlign: style.align ?? 'left',
      textVerticalAlign: style.baseline ?? 'middle',
    },
  };
}
