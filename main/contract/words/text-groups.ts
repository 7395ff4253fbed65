/** Texts of more different values than this are names or notes, not groups: no legend and no eye tells them apart. */
export const MOST_TEXT_CATEGORIES = 100;
