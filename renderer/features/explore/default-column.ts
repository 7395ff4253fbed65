import { LABEL_NAMES } from '../../../main/contract/words/label-names.ts';

interface NamedColumn {
  name: string;
  kind: string;
  nCategories: number | null;
}

/** The column with the known groups to colour by first: the best by its name, with 2 to 100 groups; null for none. */
export function defaultColumn(columns: readonly NamedColumn[]): string | null {
  const choices = columns.filter(
    ({ kind, nCategories }) => kind === 'categorical' && nCategories !== null && nCategories >= 2 && nCategories <= 100,
  );
  for (const pattern of LABEL_NAMES) {
    const found = choices.find(({ name }) => pattern.test(name));
    if (found) return found.name;
  }
  return choices.length === 1 ? choices[0].name : null;
}
