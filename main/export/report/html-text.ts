/** Text as HTML, safe in attributes, too. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** A cell that is text already, or HTML with a class. */
export type HtmlCell = string | { html: string; className?: string };

export interface HtmlTable {
  caption: string;
  head: readonly string[];
  /** The first cell of a row is its header. */
  rows: readonly (readonly HtmlCell[])[];
  className?: string;
}

/** A table with a caption and headers for columns and rows. */
export function htmlTable({ caption, head, rows, className = '' }: HtmlTable): string {
  const cell = (value: HtmlCell, at: number): string => {
    const html = typeof value === 'string' ? escapeHtml(value) : value.html;
    const extra = typeof value === 'string' || !value.className ? '' : ` class="${value.className}"`;
    return at === 0 ? `<th scope="row"${extra}>${html}</th>` : `<td${extra}>${html}</td>`;
  };
  return [
    `<div class="wide"><table${className === '' ? '' : ` class="${className}"`}>`,
    `<caption>${escapeHtml(caption)}</caption>`,
    `<thead><tr>${head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('')}</tr></thead>`,
    `<tbody>${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}</tbody>`,
    '</table></div>',
  ].join('\n');
}

/** Pairs of a name and what it says. */
export function htmlFacts(facts: readonly (readonly [string, string])[]): string {
  const lines = facts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<div><dt>${escapeHtml(name)}</dt><dd>${escapeHtml(value)}</dd></div>`);
  return `<dl>${lines.join('')}</dl>`;
}

export function htmlList(items: readonly string[]): string {
  return items.length === 0 ? '' : `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
}

/** A moment as people read it, in one time zone for all: '2026-11-21 04:50 UTC'. */
export function momentText(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
