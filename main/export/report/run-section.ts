import { list, normalisationSentence } from '../methods-text/filter-sentences.ts';
import { numberLabel } from '../figures/number-label.ts';
import { escapeHtml, htmlFacts, htmlTable, momentText } from './html-text.ts';
import type { ReportRun } from './report-data.ts';

const count = (n: number): string => n.toLocaleString('en-US');

/** A run: what it was asked to do, with every setting, what came of it, its pictures. */
export function runSection(run: ReportRun): string {
  const { description } = run;
  const { method, dataset, observation, kept } = description;
  // Only what differs is told again.
  const isRepeat = run.repeats !== null;
  const facts = htmlFacts([
    ['Run', String(run.id)],
    ['Method', isRepeat ? '' : method.title],
    ['Preset', isRepeat ? '' : method.preset],
    ['Seed', String(description.seed)],
    ['Data', isRepeat ? '' : `${dataset.name}: ${count(kept.nObs)} ${observation}s × ${count(kept.nVar)} genes`],
    ['Values', isRepeat ? '' : normalisationSentence(description.recipe.normalisation, observation)],
    ['Held out', isRepeat ? '' : run.protocol],
    ['Started', run.startedAt === null ? '' : momentText(run.startedAt)],
    [
      'Training',
      `${seconds(description.wallSeconds)} on ${description.device === '' ? 'this computer' : description.device}`,
    ],
    [
      'Versions',
      Object.entries(description.versions)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ],
  ]);
  const keys = Object.keys(method.parameters);
  const settings = htmlTable({
    caption: 'Settings',
    head: ['Setting', 'Value', 'Preset'],
    rows: keys.map((key) => {
      const { label, unit } = method.labels?.[key] ?? { label: key };
      const [value, preset] = [method.parameters[key], method.presetParameters[key]];
      const isChanged = JSON.stringify(value) !== JSON.stringify(preset);
      return [
        { html: `${escapeHtml(label)} <code>${escapeHtml(key)}</code>` },
        { html: escapeHtml(`${valueText(value)}${unit ? ` ${unit}` : ''}`), className: isChanged ? 'changed' : '' },
        isChanged ? valueText(preset) : 'the same',
      ];
    }),
  });
  const summary = htmlTable({
    caption: 'What it ended with',
    head: ['Figure', 'Value'],
    rows: Object.entries(description.summary).map(([name, value]) => [name, numberLabel(value)]),
  });
  const pictures = [
    ...run.figures,
    ...(run.losses === null ? [] : [{ caption: 'Loss by epoch; dashed: held-out observations.', svg: run.losses }]),
  ].map(({ caption, svg }) => `<figure>${svg}<figcaption>${escapeHtml(caption)}</figcaption></figure>`);
  return [
    `<section class="run" aria-labelledby="run-${run.id}">`,
    `<h3 id="run-${run.id}">${escapeHtml(run.name)}</h3>`,
    facts,
    pictures.length === 0 ? '' : `<div class="figures">${pictures.join('\n')}</div>`,
    run.repeats === null
      ? ''
      : `<p>Method, data and settings are those of <a href="#run-${run.repeats}">run ${run.repeats}</a>, with another seed.</p>`,
    '<div class="pair">',
    run.repeats !== null ? '' : keys.length === 0 ? '<p>This method has no settings.</p>' : settings,
    Object.keys(description.summary).length === 0 ? '' : summary,
    '</div>',
    '</section>',
  ].join('\n');
}

function seconds(value: number): string {
  return value < 90 ? `${Number(value.toPrecision(2))} s` : `${Number((value / 60).toPrecision(2))} min`;
}

function valueText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) return list(value.map(valueText));
  return typeof value === 'string' ? value : JSON.stringify(value);
}
