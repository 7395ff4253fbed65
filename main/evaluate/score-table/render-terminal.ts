import { cellText, keyColumns } from './table-cells.ts';
import type { ScoreTable, ScoreTableRow } from './score-table.types.ts';

/**
 * The table for a terminal: aligned columns, the best figure of each column in each dataset with `*`, figures of
 * methods that do not beat the floor with `↓`, floors set apart, and a legend of the marks that occur.
 */
export function renderScoreTableForTerminal(table: ScoreTable): string {
  if (table.rows.length === 0) return 'No scores yet.\n';
  const keys = keyColumns(table);
  const header = [...keys.map((key) => key.title), ...table.columns.map((column) => column.title)];
  const lines = table.rows.map((row) => [
    ...keys.map((key) => (key.title === 'Method' && row.isFloor ? `${key.text(row)} (floor)` : key.text(row))),
    ...table.columns.map((column, at) => {
      const cell = row.cells[at];
      const text = cellText(cell, column);
      return text === '' ? '–' : text + (cell?.best ? '*' : cell?.beatsFloor === false ? '↓' : ' ');
    }),
  ]);
  const widths = header.map((title, at) =>
    Math.max(displayWidth(title), ...lines.map((line) => displayWidth(line[at]))),
  );
  const format = (line: string[]): string =>
    line
      .map((text, at) => {
        const space = ' '.repeat(widths[at] - displayWidth(text));
        return at < keys.length && keys[at].title !== 'Runs' ? text + space : space + text;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('──');
  const out = [format(header), rule];
  lines.forEach((line, at) => {
    if (at > 0 && startsBlock(table.rows[at - 1], table.rows[at])) out.push(rule);
    out.push(format(line));
  });
  const legend = legendOf(table);
  return [...out, ...(legend === '' ? [] : [rule, legend]), ''].join('\n');
}

function startsBlock(before: ScoreTableRow, row: ScoreTableRow): boolean {
  return before.datasetId !== row.datasetId || before.protocol !== row.protocol || before.isFloor !== row.isFloor;
}

function legendOf(table: ScoreTable): string {
  const cells = table.rows.flatMap((row) => row.cells);
  const parts: string[] = [];
  if (cells.some((cell) => cell?.sd != null)) parts.push('mean ± standard deviation over seeds');
  if (cells.some((cell) => cell?.best)) parts.push('* best');
  if (cells.some((cell) => cell?.beatsFloor === false && !cell.best)) parts.push('↓ does not beat the floor');
  const labels = [...new Set(table.columns.map((column) => column.labels).filter((name) => name !== ''))];
  if (labels.length === 1) parts.push(`labels: ${labels[0]}`);
  return parts.join(' · ');
}

/** Cells of a terminal that a text takes: combining marks take none, East Asian wide characters two. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mark}|\p{Format}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
