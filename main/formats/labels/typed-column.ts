import type { Column } from '../../dataset/column.ts';

const missing = new Set(['', 'na', 'n/a', 'nan', 'null', '<na>', '#n/a']);
const number = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** Names under which numbers are names of groups. */
const groupName =
  /cluster|leiden|louvain|label|type|group|batch|sample|layer|domain|class|annot|donor|patient|replicate/i;

/**
 * Text as a column of the kind it looks like: numbers; categories, when values repeat; else text. Whole numbers under a
 * name that speaks of groups (`seurat_clusters`, `batch`) are categories. `NA`, `NaN`, `null` and nothing are missing.
 */
export function typedColumn(name: string, texts: readonly string[]): Column {
  const values = texts.map((text) => (missing.has(text.toLowerCase()) ? '' : text));
  const present = values.filter((value) => value !== '');
  const distinct = new Set(present);
  const numeric = present.length > 0 && present.every((value) => number.test(value));
  const isGroup = groupName.test(name) && distinct.size <= 500 && present.every((value) => /^\d+$/.test(value));
  if (numeric && !isGroup)
    return {
      kind: 'numeric',
      name,
      values: Float64Array.from(values, (value) => (value === '' ? NaN : Number(value))),
    };
  if (distinct.size > 20 && distinct.size > present.length / 2) return { kind: 'string', name, values };
  const categories = [...distinct].sort(byNumberOrText);
  const places = new Map(categories.map((category, i) => [category, i]));
  return {
    kind: 'categorical',
    name,
    codes: Int32Array.from(values, (value) => places.get(value) ?? -1),
    categories,
    ordered: false,
  };
}

function byNumberOrText(a: string, b: string): number {
  if (number.test(a) && number.test(b)) return Number(a) - Number(b);
  return a < b ? -1 : 1;
}
