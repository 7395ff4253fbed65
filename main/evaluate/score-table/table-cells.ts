import type { ScoreCell, ScoreColumn, ScoreTable, ScoreTableRow } from './score-table.types.ts';

/** The columns before the figures; those that say nothing in this table are left out. */
export interface KeyColumn {
  title: string;
  text: (row: ScoreTableRow) => string;
}

/** Key columns worth showing: `Dataset`, `Protocol`, `Preset` and `Variant` only where rows differ in them. */
export function keyColumns(table: ScoreTable): KeyColumn[] {
  const all: (KeyColumn & { always: boolean })[] = [
    { title: 'Dataset', text: (row) => row.dataset, always: false },
    { title: 'Protocol', text: (row) => row.protocol, always: false },
    { title: 'Method', text: (row) => row.methodTitle, always: true },
    { title: 'Preset', text: (row) => row.preset, always: false },
    { title: 'Variant', text: (row) => row.variant, always: false },
    { title: 'Space', text: (row) => row.space, always: table.rows.some((row) => row.space !== '') },
    { title: 'Clustering', text: (row) => row.clustering, always: table.rows.some((row) => row.clustering !== '') },
    { title: 'Runs', text: (row) => String(row.runIds.length), always: true },
  ];
  return all.filter((column) => column.always || new Set(table.rows.map(column.text)).size > 1);
}

/** 'mean ± sd', or the mean alone for one run; '' where there is no figure. */
export function cellText(cell: ScoreCell | null, column: ScoreColumn, plusMinus = ' ± '): string {
  if (cell === null) return '';
  const mean = cell.mean.toFixed(column.digits);
  return cell.sd === null ? mean : `${mean}${plusMinus}${cell.sd.toFixed(column.digits)}`;
}
