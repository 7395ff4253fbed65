/** Names made usable as keys, and what had to be done to them. */
export interface UniqueNames {
  /** [n], unique and never empty. */
  names: string[];
  /** How many got a suffix because an earlier one has the same name. */
  renamed: number;
  /** How many were empty and got their identifier, or a placeholder, instead. */
  filled: number;
  /** A name that occurred more than once, for the warning. */
  example: string | null;
}

/**
 * Makes names unique the way AnnData's `var_names_make_unique` does: the first keeps its name, the later ones get
 * `-1`, `-2` …, skipping what is taken. Empty names become the identifier at the same place, or `prefix` and a number.
 *
 * @param ids [n], what to fall back on where a name is empty; `null` when there is nothing
 * @param prefix 'gene' or 'cell', for names that have nothing to fall back on
 */
export function uniqueNames(names: readonly string[], ids: readonly string[] | null, prefix: string): UniqueNames {
  let filled = 0;
  const complete = names.map((name, i) => {
    const trimmed = name.trim();
    if (trimmed !== '') return trimmed;
    filled++;
    return ids?.[i]?.trim() || `${prefix}-${i + 1}`;
  });
  const taken = new Set(complete);
  let renamed = 0;
  let example: string | null = null;
  if (taken.size < complete.length) {
    const seen = new Set<string>();
    const counters = new Map<string, number>();
    complete.forEach((name, i) => {
      if (!seen.has(name)) {
        seen.add(name);
        return;
      }
      let count = counters.get(name) ?? 0;
      let candidate: string;
      do candidate = `${name}-${++count}`;
      while (taken.has(candidate));
      counters.set(name, count);
      taken.add(candidate);
      complete[i] = candidate;
      renamed++;
      example ??= name;
    });
  }
  return { names: complete, renamed, filled, example };
}
