import { numberLabel } from '../figures/number-label.ts';
import { escapeHtml, htmlFacts, htmlList, htmlTable, momentText } from './html-text.ts';
import type { ReportDataset } from './report-data.ts';

const count = (n: number): string => n.toLocaleString('en-US');

/** What was measured: where it came from, with sizes and checksums, and what is known of its observations. */
export function datasetSection(dataset: ReportDataset): string {
  const { observation, nObs, nVar, nnz } = dataset;
  const density = nObs * nVar === 0 ? 0 : (100 * nnz) / (nObs * nVar);
  const facts = htmlFacts([
    ['Size', `${count(nObs)} ${observation}s × ${count(nVar)} genes`],
    ['Nonzero entries', `${count(nnz)} (${density.toFixed(2)} %)`],
    ['Values', dataset.valueKind],
    ['Format', dataset.format],
    ['Imported', momentText(dataset.importedAt)],
    [
      'Choices at import',
      Object.entries(dataset.options)
        .map(([key, value]) => `${key} = ${value}`)
        .join(', '),
    ],
    [
      'Annotations',
      dataset.columns
        .map(({ name, kind, groups }) => `${name} (${groups === null ? kind : `${count(groups)} groups`})`)
        .join(', '),
    ],
    [
      'Positions',
      dataset.positions
        .map(({ name, nDim, unit }) => `${name} (${nDim}-D${unit === '' ? '' : `, ${unit}`})`)
        .join(', '),
    ],
    ['SHA-256 of the matrix', dataset.contentSha256],
  ]);
  const files = htmlTable({
    caption: `Files of ${dataset.name}`,
    head: ['File', 'Size', 'SHA-256'],
    rows: dataset.files.map(({ name, bytes, sha256 }) => [
      name,
      `${count(bytes)} bytes`,
      sha256 === null ? 'not recorded' : { html: sha256, className: 'hash' },
    ]),
  });
  return [
    `<h3 id="dataset-${dataset.id}">${escapeHtml(dataset.name)}</h3>`,
    facts,
    dataset.files.length === 0 ? '' : files,
    dataset.warnings.length === 0 ? '' : `<p>Told at import:</p>${htmlList(dataset.warnings)}`,
  ].join('\n');
}

/** Which observations and genes are used, and how the measures are spread. */
export function qualitySection({ id, name, quality }: ReportDataset): string {
  const { measures, kept, rules, notes } = quality;
  const spread = htmlTable({
    caption: `Measures of quality of ${name}`,
    head: ['Measure', 'Smallest', 'Median', 'Largest', 'Limits'],
    rows: measures.map(({ title, unit, min, median, max, limits }) => [
      `${title} (${unit})`,
      numberLabel(min),
      numberLabel(median),
      numberLabel(max),
      limits === '' ? 'none' : limits,
    ]),
  });
  const each = htmlTable({
    caption: 'What each rule would keep alone',
    head: ['Rule', 'Keeps', 'Of'],
    rows: rules.map(({ text, kept: n, total, noun }) => [text, `${count(n)} ${noun}`, count(total)]),
  });
  return [
    `<h3 id="quality-${id}">${escapeHtml(name)}</h3>`,
    `<p>The filter in force ${escapeHtml(kept.obs)} and ${escapeHtml(kept.var)}.</p>`,
    `<div class="figures">${measures.map(({ svg }) => `<figure>${svg}</figure>`).join('\n')}</div>`,
    spread,
    rules.length === 0 ? '' : each,
    htmlList(notes),
  ].join('\n');
}
