/**
 * How well a query fits a title: 0 not at all, higher is better. Every word of the query must occur: at the beginning
 * of the title, at the beginning of a word, inside a word, or at least letter by letter in order.
 */
export function matchScore(title: string, query: string): number {
  const text = title.toLowerCase();
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  let total = 1;
  for (const word of words) {
    const score = wordScore(text, word);
    if (score === 0) return 0;
    total += score;
  }
  // Of equals, the shorter title is meant.
  return total + 1 / (2 + text.length);
}

function wordScore(text: string, word: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 8;
  if (at > 0) {
    for (let place = at; place > 0; place = text.indexOf(word, place + 1))
      if (/[^a-z0-9]/.test(text[place - 1])) return 6;
    return 3;
  }
  // Left-out letters within a word are how people shorten and mistype; over several words anything would fit.
  const fits = word.length >= 3 && text.split(/[^a-z0-9]+/).some((one) => one[0] === word[0] && inOrder(one, word));
  return fits ? 1 : 0;
}

function inOrder(text: string, letters: string): boolean {
  let from = 0;
  for (const letter of letters) {
    from = text.indexOf(letter, from) + 1;
    if (from === 0) return false;
  }
  return true;
}

/** The entries that fit, best first; entries that fit equally keep their order. */
export function bestMatches<Entry extends { title: string }>(
  entries: readonly Entry[],
  query: string,
  most: number,
): Entry[] {
  return entries
    .map((entry) => ({ entry, score: matchScore(entry.title, query) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => (query.trim() === '' ? 0 : b.score - a.score))
    .slice(0, most)
    .map(({ entry }) => entry);
}
