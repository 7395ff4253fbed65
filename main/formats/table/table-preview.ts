import type { TablePreview } from '../format-reader.ts';
import type { PlannedTable } from './table-plan.ts';

const most = { rows: 20, columns: 60 };

/** The corner of a table that a person looks at to tell what its columns are. */
export function previewTable({ path, sketch, roles, labels }: PlannedTable): TablePreview {
  const { delimiter, hasHeader, rows } = sketch.head;
  // What is not a count is always shown, wherever it stands.
  const special = roles.flatMap((role, c) => (c >= most.columns && role !== 'value' && role !== 'left-out' ? [c] : []));
  const columns = [...roles.keys()].slice(0, most.columns).concat(special.slice(0, most.columns));
  return {
    path,
    delimiter,
    hasHeader,
    columns: columns.map((c) => labels[c]),
    roles: columns.map((c) => roles[c]),
    nColumns: roles.length,
    rows: rows.slice(0, most.rows).map((row) => columns.map((c) => (row[c] ?? '').slice(0, 80))),
  };
}
