import type { Column } from '../../dataset/column.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import type { CompoundTable } from './compound-table.ts';

/** Numbers of the table of cells under the names that stereopy gives them. */
const numeric: [field: string, name: string][] = [
  ['dnbCount', 'dnb_count'],
  ['area', 'area'],
  ['geneCount', 'n_genes'],
  ['expCount', 'total_counts'],
];

/** Annotations of segmented cells: spots, area, genes, molecules, type and cluster, where the file tells them. */
export function cellColumns(file: Hdf5File, cells: CompoundTable): Column[] {
  const columns: Column[] = numeric
    .filter(([field]) => cells.has(field))
    .map(([field, name]) => ({ kind: 'numeric', name, values: cells.numbers(field) }));
  const types = cellTypes(file, cells);
  if (types !== null) columns.push(types);
  if (cells.has('clusterID')) {
    const clusters = cells.numbers('clusterID');
    // 0 everywhere means that no clusters were made.
    if (clusters.some((cluster) => cluster !== clusters[0])) columns.push(clusterColumn(clusters));
  }
  return columns;
}

function cellTypes(file: Hdf5File, cells: CompoundTable): Column | null {
  if (!cells.has('cellTypeID') || file.kind('cellBin/cellTypeList') !== 'dataset') return null;
  const categories = file.readStrings('cellBin/cellTypeList', 'the cell types');
  // A list of a single word such as 'default' says nothing.
  if (new Set(categories).size < 2 || new Set(categories).size < categories.length) return null;
  const codes = Int32Array.from(cells.numbers('cellTypeID'), (code) => (code < categories.length ? code : -1));
  return { kind: 'categorical', name: 'cell_type', codes, categories, ordered: false };
}

function clusterColumn(clusters: Float64Array): Column {
  const values = [...new Set(clusters)].sort((a, b) => a - b);
  const place = new Map(values.map((value, i) => [value, i]));
  return {
    kind: 'categorical',
    name: 'cluster',
    codes: Int32Array.from(clusters, (cluster) => place.get(cluster)!),
    categories: values.map(String),
    ordered: false,
  };
}
