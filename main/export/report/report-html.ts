import type { Citation } from '../../methods/method.ts';
import { list } from '../methods-text/filter-sentences.ts';
import { methodsParagraph } from '../methods-text/methods-paragraph.ts';
import { datasetSection, qualitySection } from './dataset-section.ts';
import { escapeHtml, htmlFacts, htmlList, htmlTable, momentText } from './html-text.ts';
import type { ReportData } from './report-data.ts';
import { PAGE_STYLE, REPORT_STYLE } from './report-style.ts';
import { runSection } from './run-section.ts';
import { scoreTables } from './score-tables.ts';

interface Section {
  id: string;
  title: string;
  /** Headings below it: anchors and their words. */
  parts?: { id: string; title: string }[];
  html: string;
}

/**
 * A whole project on one page that needs nothing else: no script, no font, no address of another site. It opens without
 * a network, prints on A4, and is read aloud in a sensible order. Two reports of the same project differ in the date
 * alone.
 */
export function reportHtml(data: ReportData): string {
  const sections = sectionsOf(data).filter(({ html }) => html !== '');
  const body = [
    '<header>',
    `<h1>${escapeHtml(data.project.title)}</h1>`,
    `<p class="quiet">Report written by Lacuna ${escapeHtml(data.lacuna)} on <time datetime="${escapeHtml(data.writtenAt)}">${momentText(data.writtenAt)}</time>, from ${escapeHtml(data.project.file)}.</p>`,
    htmlList(data.notes),
    contents(sections),
    '</header>',
    '<main>',
    ...sections.map(
      ({ id, title, html }) =>
        `<section aria-labelledby="${id}">\n<h2 id="${id}">${escapeHtml(title)}</h2>\n${html}\n</section>`,
    ),
    '</main>',
  ].join('\n');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>${escapeHtml(data.project.title)} – report</title>
<style>${PAGE_STYLE}${REPORT_STYLE}</style>
</head>
<body>
<div class="report">
${withOwnIds(body)}
</div>
</body>
</html>
`;
}

function sectionsOf(data: ReportData): Section[] {
  const { datasets, runs, tables, commands } = data;
  return [
    {
      id: 'data',
      title: 'Data',
      parts: datasets.map(({ id, name }) => ({ id: `dataset-${id}`, title: name })),
      html: datasets.map(datasetSection).join('\n'),
    },
    {
      id: 'quality',
      title: 'Quality and filters',
      html: datasets.map(qualitySection).join('\n'),
    },
    {
      id: 'tables',
      title: 'Scores',
      html: tables.map((table) => `<h3>${escapeHtml(table.title)}</h3>\n${scoreTables(table)}`).join('\n'),
    },
    {
      id: 'runs',
      title: 'Runs',
      parts: runs.map(({ id, name }) => ({ id: `run-${id}`, title: name })),
      html: runs.map(runSection).join('\n'),
    },
    { id: 'methods', title: 'Methods, to be pasted', html: methodsSection(data) },
    {
      id: 'repeat',
      title: 'How to repeat it',
      html: commands
        .map(
          ({ title, lines, notes }) =>
            `<h3>${escapeHtml(title)}</h3>\n<pre><code>${lines.map(escapeHtml).join('\n')}</code></pre>\n${htmlList(notes)}`,
        )
        .join('\n'),
    },
    { id: 'versions', title: 'Versions and seeds', html: versionsSection(data) },
  ];
}

/** A paragraph per run, and every paper once. */
function methodsSection({ runs }: ReportData): string {
  if (runs.length === 0) return '';
  const papers = new Map<string, Citation>();
  for (const { paper } of runs.map((run) => run.description.method)) if (paper) papers.set(paper.title, paper);
  // Figures stand in the tables; runs that differ in the seed alone are told of once.
  const paragraphs = runs
    .filter((run) => run.repeats === null)
    .map(({ id, name, description }) => {
      const [paragraph] = methodsParagraph({ ...description, scores: [] })
        .trim()
        .split('\n\n');
      const seeds = runs.filter((run) => run.id === id || run.repeats === id).map((run) => run.description.seed);
      const repeated = seeds.length === 1 ? '' : ` It was repeated with the seeds ${list(seeds.map(String))}.`;
      const text = paragraph.replace(
        ' All parameters, the seed and the versions are listed in the accompanying JSON file.',
        '',
      );
      return `<h3>${escapeHtml(name)}</h3>\n<p>${escapeHtml(`${text}${repeated}`)}</p>`;
    });
  const references = [...papers.values()].map(
    ({ authors, year, title, venue, doi }) => `${authors} (${year}). ${title}. ${venue}.${doi ? ` doi:${doi}` : ''}`,
  );
  return [...paragraphs, references.length === 0 ? '' : `<h3>References</h3>${htmlList(references)}`].join('\n');
}

function versionsSection({ runs, project, lacuna }: ReportData): string {
  const versions = [...new Set(runs.flatMap((run) => Object.keys(run.description.versions)))];
  const facts = htmlFacts([
    ['Project', project.uuid],
    ['Project made', momentText(project.createdAt)],
    ['Report by', `Lacuna ${lacuna}`],
  ]);
  if (runs.length === 0) return facts;
  const table = htmlTable({
    caption: 'What each run was computed with',
    head: ['Run', 'Seed', 'Device', ...versions],
    rows: runs.map(({ name, description }) => [
      name,
      String(description.seed),
      description.device === '' ? '–' : description.device,
      ...versions.map((key) => description.versions[key] ?? '–'),
    ]),
  });
  return `${facts}\n${table}`;
}

function contents(sections: readonly Section[]): string {
  const line = ({ id, title }: { id: string; title: string }): string => `<a href="#${id}">${escapeHtml(title)}</a>`;
  const items = sections.map((section) => {
    const parts = section.parts ?? [];
    const inner = parts.length < 2 ? '' : `<ol>${parts.map((part) => `<li>${line(part)}</li>`).join('')}</ol>`;
    return `<li>${line(section)}${inner}</li>`;
  });
  return `<nav aria-label="Contents"><ol>${items.join('\n')}</ol></nav>`;
}

/** Pictures that were drawn one by one use the same names inside; on one page each needs its own. */
function withOwnIds(html: string): string {
  let picture = 0;
  return html.replace(/<svg[\s\S]*?<\/svg>/g, (svg) => {
    picture += 1;
    return svg.replaceAll(/(id="|url\(#|href="#)zr-/g, `$1f${picture}-`);
  });
}
