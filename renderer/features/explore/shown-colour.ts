/**
 * A category's colour as the ground lets it be seen: black, which is one of the first eight, would vanish on the dark
 * one and is shown as its opposite there. Figures are on white and keep it.
 */
export function shownColour(colour: string, isDark: boolean): string {
  return isDark && colour === '#000000' ? '#e8edf1' : colour;
}
