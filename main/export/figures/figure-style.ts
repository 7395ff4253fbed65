/** Text of figures stays text: the journal's editor can change it. Inter where installed, else the system's sans. */
export const FONT_FAMILY = 'Inter, Helvetica, Arial, sans-serif';

/** Sizes in pixels of 1/96 inch: 8, 7 and 6 point, which print legibly at column width. */
export const FONT = { title: (8 * 96) / 72, text: (7 * 96) / 72, small: (6 * 96) / 72 };

/** Inks on white. */
export const INK = { text: '#1f2328', quiet: '#57606a', line: '#8c959f', grid: '#e4e7eb', background: '#ffffff' };

/** Blank around a figure, pixels. */
export const MARGIN = 6;
