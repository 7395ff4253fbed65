import type { ScoreTable } from './score-table.types.ts';

/**
 * The table as CSV or TSV, one line a row, with a header; every figure in full precision and its standard deviation and
 * number of runs in columns of their own (`ari`, `ari_sd`, `ari_n`), so that nothing has to be parsed out of a text.
 * Where several obs columns are compared with, names are `ari[cell_type]`.
 * @param delimiter ',' or a tab
 */
export function renderScoreTableDelimited(table: ScoreTable, delimiter: ',' | '\t'): string {
  const several = new Set(table.columns.map((column) => column.labels).filter((name) => name !== '')).size > 1;
  const header = [
    'dataset',
    'protocol',
    'method',
    'preset',
    'variant',
    'space',
    'clustering',
    'floor',
    'runs',
    'seeds',
  ];
  for (const column of table.columns) {
    const suffix = several && column.labels !== '' ? `[${column.labels}]` : '';
    header.push(`${column.metric}${suffix}`, `${column.metric}_sd${suffix}`, `${column.metric}_n${suffix}`);
    header.push(`${column.metric}_beats_floor${suffix}`);
  }
  const lines = table.rows.map((row) => [
    row.dataset,
    row.protocol,
    row.method,
    row.preset,
    row.variant,
    row.space,
    row.clustering,
    String(row.isFloor),
    row.runIds.join(' '),
    row.seeds.join(' '),
    ...row.cells.flatMap((cell) =>
      cell === null
        ? ['', '', '', '']
        : [
            String(cell.mean),
            cell.sd === null ? '' : String(cell.sd),
            String(cell.n),
            cell.beatsFloor === null ? '' : String(cell.beatsFloor),
          ],
    ),
  ]);
  return [header, ...lines]
    .map((line) => line.map((text) => delimitedField(text, delimiter)).join(delimiter) + '\n')
    .join('');
}

/** Quoted as in RFC 4180 where the text would otherwise break the line or be taken for a formula by a spreadsheet. */
export function delimitedField(text: string, delimiter: string): string {
  const isNumber = text !== '' && Number.isFinite(Number(text));
  const safe = !isNumber && /^[=+\-@]/.test(text) ? `'${text}` : text;
  return safe.includes(delimiter) || /["\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
