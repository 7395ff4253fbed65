import type { StudyTable } from '../../contract/entities/study.ts';
import { escapeLatex } from '../../evaluate/score-table/render-latex.ts';
import { delimitedField } from '../../evaluate/score-table/render-delimited.ts';

type Cell = StudyTable['rows'][number]['cells'][number];
type Column = StudyTable['columns'][number];

/** A figure as a table shows it: `0.721`, or `0.721 ± 0.012`. */
export function studyCellText(cell: Cell, { digits }: Column, between = ' ± '): string {
  if (cell === null) return '';
  const text = (value: number): string => (digits === null ? significant(value) : value.toFixed(digits));
  return cell.sd === null ? text(cell.mean) : `${text(cell.mean)}${between}${text(cell.sd)}`;
}

/** Three significant digits; very large and very small figures with a power of ten. */
function significant(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) return value.toExponential(2);
  return size >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}

/** CSV or TSV with full precision; spread and number of runs have columns of their own. */
export function renderStudyDelimited({ heads, columns, rows }: StudyTable, delimiter: ',' | '\t'): string {
  const header = [...heads, 'reference', 'runs', ...columns.flatMap(({ id }) => [id, `${id}_sd`, `${id}_n`])];
  const lines = rows.map(({ head, reference, runIds, cells }) => [
    ...head,
    String(reference),
    runIds.join(' '),
    ...cells.flatMap((cell) =>
      cell === null ? ['', '', ''] : [String(cell.mean), cell.sd === null ? '' : String(cell.sd), String(cell.n)],
    ),
  ]);
  return [header, ...lines]
    .map((line) => `${line.map((text) => delimitedField(text, delimiter)).join(delimiter)}\n`)
    .join('');
}

/** LaTeX with `booktabs` rules: best figures bold, references in italics below a rule. */
export function renderStudyLatex({ title, heads, columns, rows }: StudyTable): string {
  const line = (cells: string[]): string => `${cells.join(' & ')} \\\\`;
  const out = [
    `% ${title}`,
    '% \\usepackage{booktabs}',
    `\\begin{tabular}{${'l'.repeat(heads.length)}${'r'.repeat(columns.length)}}`,
    '\\toprule',
    line([...heads, ...columns.map((column) => column.title)].map(escapeLatex)),
    '\\midrule',
  ];
  rows.forEach(({ head, reference, cells }, at) => {
    if (reference && at > 0 && !rows[at - 1].reference) out.push('\\midrule');
    out.push(
      line([
        ...head.map((text) => (reference ? `\\textit{${escapeLatex(text)}}` : escapeLatex(text))),
        ...cells.map((cell, i) => {
          const text = studyCellText(cell, columns[i], ' \\pm ').replace(/e\+?(-?\d+)/g, ' \\cdot 10^{$1}');
          if (text === '') return '--';
          return cell?.best ? `$\\mathbf{${text}}$` : `$${text}$`;
        }),
      ]),
    );
  });
  return [...out, '\\bottomrule', '\\end{tabular}', ''].join('\n');
}
