/** The name of a run of a benchmark without its seed, which stands in a column of its own. */
export function runTitle(name: string): string {
  return name.replace(/ · seed \d+$/, '');
}
