import type { ScoreTable, ScoreTableRow } from '../../evaluate/score-table/score-table.types.ts';
import { escapeHtml, htmlTable, type HtmlCell } from './html-text.ts';
import type { ReportTable } from './report-data.ts';
import { SHADES } from './report-style.ts';

/** Columns of figures that fit on a sheet: with a spread beside each, and without. */
const MOST_COLUMNS = { spread: 4, plain: 6 };

/**
 * A table of scores: mean ± standard deviation, the best of each column bold, shaded from worst to best where one
 * direction is better. One with many metrics is told in several tables, one below the other.
 */
export function scoreTables({ note, table }: ReportTable): string {
  const datasets = new Set(table.rows.map((row) => row.datasetId));
  const hasSpread = table.rows.some((row) => row.cells.some((cell) => cell !== null && cell.sd !== null));
  // What is the same in every row stands above the table.
  const places = new Set(table.rows.map((row) => spaceOf(row, datasets.size > 1)));
  const [everywhere] = places.size === 1 ? places : [null];
  const most = (hasSpread ? MOST_COLUMNS.spread : MOST_COLUMNS.plain) + (everywhere === null ? 0 : 1);
  const about = everywhere ? `${note} All of it: ${everywhere}.` : note;
  const parts: number[][] = [];
  table.columns.forEach((_, at) => {
    const last = parts.at(-1);
    if (last === undefined || last.length === most) parts.push([at]);
    else last.push(at);
  });
  return parts
    .map((columns, part) =>
      htmlTable({
        className: everywhere === null ? 'scores of' : 'scores',
        caption: parts.length === 1 ? about : `${about} (${part + 1} of ${parts.length})`,
        head: ['Method', ...(everywhere === null ? ['Of'] : []), ...columns.map((at) => headOf(table, at))],
        rows: table.rows
          .filter((row) => columns.some((at) => row.cells[at] !== null))
          .map((row) => [
            nameOf(row),
            ...(everywhere === null ? [{ html: escapeHtml(spaceOf(row, datasets.size > 1)), className: 'words' }] : []),
            ...columns.map((at) => figure(table, row, at)),
          ]),
      }),
    )
    .join('\n');
}

function headOf(table: ScoreTable, at: number): string {
  const { title, higherIsBetter } = table.columns[at];
  return higherIsBetter === null ? title : `${title} ${higherIsBetter ? '↑' : '↓'}`;
}

function nameOf(row: ScoreTableRow): string {
  const seeds = row.seeds.length === 1 ? `seed ${row.seeds[0]}` : `${row.seeds.length} seeds`;
  return [row.methodTitle, row.preset, row.variant, row.isFloor ? 'floor' : '', seeds]
    .filter((part) => part !== '')
    .join(' · ');
}

const CLUSTERINGS: Record<string, string> = { kmeans: 'k-means', leiden: 'Leiden', none: '' };

function spaceOf(row: ScoreTableRow, withDataset: boolean): string {
  const space = row.space
    .replace(/tsne-(\d)d/, 't-SNE $1-D')
    .replace(/umap-(\d)d/, 'UMAP $1-D')
    .replace(/pca-(\d)d/, 'PCA $1-D');
  const clustering = CLUSTERINGS[row.clustering] ?? row.clustering;
  return [withDataset ? row.dataset : '', row.protocol, space, clustering].filter((part) => part !== '').join(' · ');
}

function figure(table: ScoreTable, row: ScoreTableRow, at: number): HtmlCell {
  const cell = row.cells[at];
  if (cell === null) return { html: '–' };
  const { digits, higherIsBetter } = table.columns[at];
  const number = (value: number): string => value.toFixed(digits).replace('-', '−');
  const html = `${number(cell.mean)}${cell.sd === null ? '' : ` ± ${number(cell.sd)}`}`;
  const shade = higherIsBetter === null ? '' : `h${shadeOf(table, row.datasetId, at, cell.mean, higherIsBetter)}`;
  return { html, className: [cell.best ? 'best' : '', shade].filter((name) => name !== '').join(' ') };
}

/** Place of a mean between the worst and the best of its column and dataset. */
function shadeOf(table: ScoreTable, datasetId: number, at: number, mean: number, higherIsBetter: boolean): number {
  const means = table.rows.flatMap((row) => (row.datasetId === datasetId ? (row.cells[at]?.mean ?? []) : []));
  const [low, high] = [Math.min(...means), Math.max(...means)];
  if (!(high > low)) return 0;
  const share = (mean - low) / (high - low);
  return Math.round((higherIsBetter ? share : 1 - share) * (SHADES - 1));
}
