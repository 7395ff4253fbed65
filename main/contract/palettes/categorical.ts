import colours from './categorical.json' with { type: 'json' };

/**
 * 40 colours for categories, most distinct first: the 8 of Okabe and Ito, then 32 spread in OKLab for normal and
 * deuteranope vision (made by `build/palettes/make-categorical.ts`). Give the first to the largest cluster.
 */
export const CATEGORY_COLOURS: readonly string[] = colours;

/** Missing values: a light grey that no palette holds. */
export const MISSING_COLOUR = '#d9d9d9';

/** Colour of the category of this rank (0: the largest). Beyond 40 the colours start again. */
export function categoryColour(rank: number): string {
  return CATEGORY_COLOURS[rank % CATEGORY_COLOURS.length];
}
