import { cellText, keyColumns } from './table-cells.ts';
import type { ScoreTable } from './score-table.types.ts';

/**
 * The table as LaTeX with `booktabs` rules: best figures bold, figures that do not beat the floor in grey (needs
 * `xcolor`), floors in italics below a rule.
 */
export function renderScoreTableLatex(table: ScoreTable): string {
  const keys = keyColumns(table);
  const header = [...keys.map((key) => key.title), ...table.columns.map((column) => column.title)].map(escapeLatex);
  table.columns.forEach((column, at) => (header[keys.length + at] += arrow(column.higherIsBetter)));
  const out = [
    '% \\usepackage{booktabs} \\usepackage{xcolor}',
    `\\begin{tabular}{${keys.map((key) => (key.title === 'Runs' ? 'r' : 'l')).join('')}${'r'.repeat(table.columns.length)}}`,
    '\\toprule',
    `${header.join(' & ')} \\\\`,
    '\\midrule',
  ];
  table.rows.forEach((row, at) => {
    const before = table.rows[at - 1];
    if (
      before &&
      (before.datasetId !== row.datasetId || before.protocol !== row.protocol || before.isFloor !== row.isFloor)
    )
      out.push('\\midrule');
    const cells = [
      ...keys.map((key) => {
        const text = escapeLatex(key.text(row));
        return row.isFloor && key.title === 'Method' ? `\\textit{${text}}` : text;
      }),
      ...table.columns.map((column, columnAt) => {
        const cell = row.cells[columnAt];
        const text = cellText(cell, column, ' \\pm ').replaceAll('-', '{-}');
        if (text === '') return '--';
        if (cell?.best) return `$\\mathbf{${text}}$`;
        return cell?.beatsFloor === false ? `\\textcolor{gray}{$${text}$}` : `$${text}$`;
      }),
    ];
    out.push(`${cells.join(' & ')} \\\\`);
  });
  return [...out, '\\bottomrule', '\\end{tabular}', ''].join('\n');
}

function arrow(higherIsBetter: boolean | null): string {
  return higherIsBetter === null ? '' : higherIsBetter ? ' $\\uparrow$' : ' $\\downarrow$';
}

const LATEX: Record<string, string> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '&': '\\&',
  '%': '\\%',
  $: '\\$',
  '#': '\\#',
  _: '\\_',
  '{': '\\{',
  '}': '\\}',
};

/** Text with the characters that LaTeX would take for commands. */
export function escapeLatex(text: string): string {
  return text.replace(/[\\~^&%$#_{}]/g, (character) => LATEX[character]);
}
