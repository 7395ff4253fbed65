import type { AxisTable } from '../dataset/dataset-source.ts';

/** The fields that the 10x formats keep of a variable; each [nVar]. */
export interface FeatureFields {
  id: string[];
  name: string[];
  featureType: string[];
  genome: string[];
}

/** Missing columns get what Cell Ranger itself would imply: the name as the id, and gene expression. */
export function featureFields(table: AxisTable): FeatureFields {
  const filled = (name: string, fallback: (i: number) => string): string[] => {
    const values = textColumn(table, name);
    return table.names.map((_, i) => values?.[i] || fallback(i));
  };
  return {
    id: filled('gene_id', (i) => table.names[i]),
    name: [...table.names],
    featureType: filled('feature_type', () => 'Gene Expression'),
    genome: filled('genome', () => ''),
  };
}

function textColumn(table: AxisTable, name: string): string[] | null {
  const column = table.columns.find((candidate) => candidate.name === name);
  if (column === undefined || column.kind === 'numeric') return null;
  if (column.kind === 'string') return column.values;
  return Array.from(column.codes, (code) => (code < 0 ? '' : column.categories[code]));
}
