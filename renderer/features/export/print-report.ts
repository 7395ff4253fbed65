import { shell } from '../../app/shell.ts';

/**
 * A report in a shadow tree: its style reaches nothing of the window, and the window's reaches nothing of it.
 *
 * @param html as the report is written
 */
export function showReport(host: HTMLElement, html: string): void {
  // The window's policy takes no style elements, not even in a page that is only parsed.
  const [element, rules] = /<style>([\s\S]*?)<\/style>/.exec(html) ?? ['', ''];
  const page = new DOMParser().parseFromString(html.replace(element, ''), 'text/html');
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(rules);
  root.adoptedStyleSheets = [style];
  root.replaceChildren(...page.body.children);
}

/**
 * Prints a report and nothing else of the window: in the desktop application into a PDF where the person says, in a
 * browser through its own dialog, which saves as PDF as well.
 *
 * @returns the path of the PDF; null when the person cancelled, or where the browser has taken over
 */
export async function printReport(html: string, name: string): Promise<string | null> {
  const sheet = document.createElement('div');
  sheet.className = 'print-sheet';
  showReport(sheet, html);
  document.body.append(sheet);
  document.documentElement.classList.add('prints-report');
  const tidyUp = (): void => {
    document.documentElement.classList.remove('prints-report');
    sheet.remove();
  };
  const saveAsPdf = shell()?.savePdf;
  if (saveAsPdf !== undefined) return await saveAsPdf({ title: 'Save the report as PDF', name }).finally(tidyUp);
  window.addEventListener('afterprint', tidyUp, { once: true });
  window.print();
  return null;
}
