import type { Column } from '../dataset/column.ts';

/** What a legend or a menu needs to know of a column, without its values. */
export interface ColumnSummary {
  name: string;
  kind: Column['kind'];
  categories: string[] | null;
  /** Observations per category, in the order of `categories`. */
  categoryCounts: number[] | null;
  min: number | null;
  max: number | null;
  /** Observations without a value. */
  missing: number;
}

export function summariseColumn(column: Column): ColumnSummary {
  const summary: ColumnSummary = {
    name: column.name,
    kind: column.kind,
    categories: null,
    categoryCounts: null,
    min: null,
    max: null,
    missing: 0,
  };
  switch (column.kind) {
    case 'string':
      summary.missing = column.values.filter((value) => value === '').length;
      break;
    case 'categorical':
      summary.categories = column.categories;
      summary.categoryCounts = new Array<number>(column.categories.length).fill(0);
      for (const code of column.codes) {
        if (code < 0) summary.missing += 1;
        else summary.categoryCounts[code] += 1;
      }
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
