import type { Citation } from '../../methods/method.ts';
import { filterSentence, list, normalisationSentence } from './filter-sentences.ts';
import type { DescribedScore, RunDescription } from './run-description.ts';

/**
 * The methods paragraph of a run in plain English and the past tense, followed by the references, as Markdown. Every
 * figure in it comes from the description; what is not known is left out.
 */
export function methodsParagraph(run: RunDescription): string {
  const { dataset, method, observation } = run;
  const sentences = [
    `The dataset "${dataset.name}" (${dataset.format === '' ? '' : `${dataset.format}, `}${dataset.nObs.toLocaleString('en-US')} ${observation}s × ${dataset.nVar.toLocaleString('en-US')} genes) was analysed with Lacuna${run.versions['Lacuna'] ? ` ${run.versions['Lacuna']}` : ''}.`,
    filterSentence(run.recipe, observation, dataset, run.kept),
    normalisationSentence(run.recipe.normalisation, observation),
    methodSentence(run),
    computeSentence(run),
    ...scoreSentences(run.scores),
    'All parameters, the seed and the versions are listed in the accompanying JSON file.',
  ];
  const references = method.paper === null ? '' : `\n\n**Reference**\n\n${reference(method.paper)}`;
  return `${sentences.join(' ')}${references}\n`;
}

function methodSentence({ method, seed }: RunDescription): string {
  const cited = method.paper === null ? method.title : `${method.title} (${shortCitation(method.paper)})`;
  const changed = Object.entries(method.parameters)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(method.presetParameters[name]))
    .map(([name, value]) => {
      const { label, unit } = method.labels?.[name] ?? { label: name };
      return `${label} = ${valueText(value)}${unit ? ` ${unit}` : ''}`;
    });
  const changes = changed.length === 0 ? '' : ` (changed: ${changed.join('; ')})`;
  return `${cited} was run with the preset "${method.preset}"${changes} and random seed ${seed}.`;
}

function computeSentence(run: RunDescription): string {
  const others = Object.entries(run.versions)
    .filter(([name]) => name !== 'Lacuna')
    .map(([name, version]) => `${name} ${version}`);
  const epochs = run.summary['epochs'];
  const took = [epochs === undefined ? '' : `${epochs.toLocaleString('en-US')} epochs`, duration(run.wallSeconds)]
    .filter((text) => text !== '')
    .join(' and ');
  return `Training took ${took} on ${run.device === '' ? 'this computer' : run.device}${others.length > 0 ? ` (${others.join(', ')})` : ''}.`;
}

/** One sentence for each space and clustering. */
function scoreSentences(scores: readonly DescribedScore[]): string[] {
  const groups = new Map<string, DescribedScore[]>();
  for (const score of scores) {
    const key = JSON.stringify([score.space, score.clustering, score.labels]);
    groups.set(key, [...(groups.get(key) ?? []), score]);
  }
  return [...groups.values()].map((group) => {
    const [{ space, clustering, labels }] = group;
    const subject = clustering === '' ? `The ${space}` : `${clustering} clusters of the ${space}`;
    const figures = list(group.map(({ metric, value }) => `${metric} ${Number(value.toPrecision(3))}`)).replaceAll(
      '-',
      '−',
    );
    return `${subject} reached ${figures}${labels === '' ? '' : ` against the labels "${labels}"`}.`;
  });
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Number(seconds.toPrecision(2))} s`;
  if (seconds < 5400) return `${Number((seconds / 60).toPrecision(2))} min`;
  return `${Number((seconds / 3600).toPrecision(2))} h`;
}

function valueText(value: unknown): string {
  if (Array.isArray(value)) return value.map(valueText).join('-');
  if (value === null) return 'none';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'none');
}

function shortCitation({ authors, year }: Citation): string {
  const names = authors
    .split(/,| and |;/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const family = (name: string): string =>
    name
      .split(' ')
      .filter((word) => !/^[A-Z]\.?([A-Z]\.?)*$/.test(word))
      .at(-1) ?? name;
  const first = family(names[0] ?? authors);
  if (/et al/.test(authors)) return `${family(authors.replace(/,? et al.*/, ''))} et al., ${year}`;
  if (names.length <= 1) return `${first}, ${year}`;
  return names.length === 2 ? `${first} and ${family(names[1])}, ${year}` : `${first} et al., ${year}`;
}

function reference({ authors, year, title, venue, doi }: Citation): string {
  return `${authors} (${year}). ${title}. ${venue}.${doi ? ` https://doi.org/${doi}` : ''}`;
}
