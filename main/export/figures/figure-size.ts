import { LacunaError } from '../../errors/lacuna-error.ts';

/** Size of a figure. Journals give column widths: 85 mm for one column, 174 mm for two. */
export interface FigureSize {
  /** Default 85. */
  widthMm?: number;
  /** Default: as high as the content needs. */
  heightMm?: number;
}

const COLUMN_WIDTH_MM = 85;

/** CSS pixels, 96 to the inch, in which figures are laid out. */
export const PX_PER_MM = 96 / 25.4;

/** @throws LacunaError `bad-option` for sizes that no page has */
export function checkedSize(size: FigureSize): { widthPx: number; heightPx: number | null } {
  const widthMm = size.widthMm ?? COLUMN_WIDTH_MM;
  for (const [name, value] of [
    ['width', widthMm],
    ['height', size.heightMm ?? 60],
  ] as const) {
    if (!(value >= 40 && value <= 1000)) {
      throw new LacunaError(
        'bad-option',
        `A figure ${name} of ${value} mm was asked for; it must be 40 to 1000 mm.`,
        'One column is 85 mm wide, two are 174 mm.',
      );
    }
  }
  return { widthPx: widthMm * PX_PER_MM, heightPx: size.heightMm === undefined ? null : size.heightMm * PX_PER_MM };
}

/** @throws LacunaError `bad-option` saying how much room is needed */
export function tooSmall(neededHeightPx: number): LacunaError {
  const needed = Math.ceil(neededHeightPx / PX_PER_MM);
  return new LacunaError(
    'bad-option',
    `The legend leaves too little room for the data; this figure needs a height of at least ${needed} mm.`,
    'Leave the height out, make it larger, or make the figure wider.',
  );
}
