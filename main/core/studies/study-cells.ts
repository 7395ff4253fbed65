import type { StudyTable } from '../../contract/entities/study.ts';
import type { StudyRow } from './ready-study.ts';

type Cell = StudyTable['rows'][number]['cells'][number];
type Column = StudyTable['columns'][number];

/** A column of a table of a study, and how its figures are had. */
export interface FigureColumn extends Column {
  /** One figure a run; runs without one are left out. */
  figures(row: StudyRow): number[];
}

/** Mean and spread; null without figures. */
export function cellOf(figures: readonly number[]): Cell {
  const known = figures.filter(Number.isFinite);
  const n = known.length;
  if (n === 0) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / n;
  const squares = known.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : null, n, best: false };
}

/** A table of the rows that have any figure or broke down, followed by published figures, with the best of each column marked. */
export function studyTable(
  facts: Pick<StudyTable, 'id' | 'title' | 'note' | 'heads'>,
  columns: readonly FigureColumn[],
  rows: readonly StudyRow[],
  published: readonly { head: string[]; figures: Record<string, number> }[] = [],
): StudyTable {
  const own = rows.map((row) => ({
    head: [...row.head],
    runIds: row.runs.map(({ id }) => id),
    cells: columns.map((column) => cellOf(column.figures(row))),
    reference: row.reference,
    // A training that broke down is a result, too.
    broken: row.runs.length > 0 && row.runs.every(({ state }) => state === 'failed'),
  }));
  const references = published.map(({ head, figures }) => ({
    head,
    runIds: [],
    cells: columns.map(({ id }) => (figures[id] === undefined ? null : cellOf([figures[id]]))),
    reference: true,
    broken: false,
  }));
  const filled = own.filter(({ cells, broken }) => broken || cells.some((cell) => cell !== null));
  columns.forEach(({ higherIsBetter }, at) => {
    if (higherIsBetter === null) return;
    const means = filled.flatMap(({ cells, reference }) => (cells[at] && !reference ? [cells[at].mean] : []));
    if (means.length < 2) return;
    const best = higherIsBetter ? Math.max(...means) : Math.min(...means);
    for (const { cells, reference } of filled) if (cells[at] && !reference) cells[at].best = cells[at].mean === best;
  });
  return {
    ...facts,
    columns: columns.map(({ figures: _figures, ...column }) => column),
    rows: filled.length === 0 ? [] : [...filled, ...references],
  };
}

/** Figures that were scored in a space after k-means. */
export function scored(metric: string, space: string): FigureColumn['figures'] {
  return ({ scores }) =>
    scores
      .filter((row) => row.metric === metric && row.space === space && row.clustering === 'kmeans')
      .map(({ value }) => value);
}

/** Epochs and training times, whatever the study. */
export function timesTable(heads: string[], rows: readonly StudyRow[], note: string): StudyTable {
  const done = (row: StudyRow) => row.runs.filter(({ state }) => state === 'done');
  return studyTable(
    { id: 'times', title: 'Training times', note, heads },
    [
      {
        id: 'epochs',
        title: 'Epochs',
        higherIsBetter: null,
        digits: 0,
        figures: (row) => done(row).map(({ summary }) => summary.epochs ?? NaN),
      },
      {
        id: 'seconds',
        title: 'Training (s)',
        higherIsBetter: null,
        digits: 1,
        figures: (row) => done(row).map(({ wallSeconds }) => wallSeconds),
      },
      {
        id: 'epoch_ms',
        title: 'An epoch (ms)',
        higherIsBetter: null,
        digits: 0,
        figures: (row) =>
          done(row).map(({ summary, wallSeconds }) => (summary.epochs ? (1000 * wallSeconds) / summary.epochs : NaN)),
      },
    ],
    rows,
  );
}
