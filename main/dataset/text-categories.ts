import { MOST_TEXT_CATEGORIES } from '../contract/words/text-groups.ts';
import type { CategoricalColumn, StringColumn } from './column.ts';

/** Different texts of a column, missing ones ('') left out; sorted. */
export function distinctTexts({ values }: StringColumn): string[] {
  const found = new Set(values);
  found.delete('');
  return [...found].sort();
}

/** A column of text as groups, one for each different text; null when there are more than `most` or none. */
export function textCategories(column: StringColumn, most = MOST_TEXT_CATEGORIES): CategoricalColumn | null {
  const categories = distinctTexts(column);
  if (categories.length === 0 || categories.length > most) return null;
  const codeOf = new Map(categories.map((category, code) => [category, code]));
  return {
    kind: 'categorical',
    name: column.name,
    codes: Int32Array.from(column.values, (value) => codeOf.get(value) ?? -1),
    categories,
    ordered: false,
  };
}
