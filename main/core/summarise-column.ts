import type { CategoricalColumn, Column } from '../dataset/column.ts';
import { distinctTexts, textCategories } from '../dataset/text-categories.ts';

/** What a legend or a menu needs to know of a column, without its values. */
export interface ColumnSummary {
  name: string;
  kind: Column['kind'];
  /** Also of a column of text that has few different ones. */
  categories: string[] | null;
  /** Observations per category, in the order of `categories`. */
  categoryCounts: number[] | null;
  /** Colour of each category where somebody chose them. */
  colours: string[] | null;
  min: number | null;
  max: number | null;
  /** Observations without a value. */
  missing: number;
  /** Different texts of a column of text; null for other kinds. */
  distinct: number | null;
}

export function summariseColumn(column: Column): ColumnSummary {
  const summary: ColumnSummary = {
    name: column.name,
    kind: column.kind,
    categories: null,
    categoryCounts: null,
    colours: null,
    min: null,
    max: null,
    missing: 0,
    distinct: null,
  };
  switch (column.kind) {
    case 'string':
      summary.missing = column.values.filter((value) => value === '').length;
      summary.distinct = distinctTexts(column).length;
      // Few different texts are groups, whatever kind the file called them.
      addGroups(summary, textCategories(column));
      break;
    case 'categorical':
      summary.missing = column.codes.filter((code) => code < 0).length;
      addGroups(summary, column);
      break;
    case 'numeric':
      for (const value of column.values) {
        if (Number.isNaN(value)) {
          summary.missing += 1;
          continue;
        }
        summary.min = summary.min === null ? value : Math.min(summary.min, value);
        summary.max = summary.max === null ? value : Math.max(summary.max, value);
      }
  }
  return summary;
}

function addGroups(summary: ColumnSummary, column: CategoricalColumn | null): void {
  if (column === null) return;
  const counts = new Array<number>(column.categories.length).fill(0);
  for (const code of column.codes) if (code >= 0) counts[code] += 1;
  summary.categories = column.categories;
  summary.categoryCounts = counts;
  summary.colours = column.colours ?? null;
}
