/**
 * Advance widths of Inter Regular 4.0 for the characters 32 to 126, in thousandths of the font size. A figure is laid
 * out where no font is loaded, so widths must be known beforehand.
 */
const ADVANCE = [
  281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636, 642, 608, 624,
  571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 562, 889,
  753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621,
  582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362,
  327, 362, 659,
];

/** Fallback fonts and bold are wider than Inter Regular; the reserve keeps their text inside, too. */
const RESERVE = 1.08;

/** Width of a line of text, in the unit of `fontSize`; slightly generous. */
export function textWidth(text: string, fontSize: number): number {
  let thousandths = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    // East Asian characters are a full square; other letters beyond ASCII are as wide as a wide Latin one.
    thousandths += code >= 32 && code < 127 ? ADVANCE[code - 32] : code >= 0x1100 ? 1000 : 680;
  }
  return (thousandths / 1000) * fontSize * RESERVE;
}

/** The text, cut with an ellipsis where it is wider than `maxWidth`. */
export function fitText(text: string, fontSize: number, maxWidth: number): string {
  if (textWidth(text, fontSize) <= maxWidth) return text;
  const characters = [...text];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, fontSize) > maxWidth) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** The text broken at blanks into at most `maxLines` lines of `maxWidth`; the last is cut where it is too long. */
export function wrapText(text: string, fontSize: number, maxWidth: number, maxLines: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && (lines.length === maxLines || textWidth(longer, fontSize) <= maxWidth))
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines.map((line) => fitText(line, fontSize, maxWidth));
}
