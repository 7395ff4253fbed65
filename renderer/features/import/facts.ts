import { obsNoun } from '../../app/obs-noun.ts';
import { formatBytes, formatCount, formatPercent } from '../../design/format.ts';
import type { Inspection } from './import-item.svelte.ts';
import { spatialFacts } from './spatial-facts.ts';

/** One line of what was found. */
export interface Fact {
  label: string;
  value: string;
}

const valueKinds: Record<Inspection['valueKind'], string> = {
  counts: 'counts (whole numbers)',
  nonnegative: 'not counts: fractions, none negative',
  real: 'not counts: negative values occur',
};

/** What was found, line by line, as a person reads it. */
export function factsOf(found: Inspection): Fact[] {
  const facts: Fact[] = [
    { label: 'Format', value: `${found.title}, ${formatBytes(found.fileBytes)}` },
    { label: 'Size', value: `${formatCount(found.nObs)} ${obsNoun(found).many} × ${formatCount(found.nVar)} genes` },
    {
      label: 'Values',
      value: `${valueKinds[found.valueKind]}${found.valuesSampled < found.nnz ? `, judged from ${formatCount(found.valuesSampled)} of them` : ''}`,
    },
    { label: 'Not zero', value: `${formatCount(found.nnz)} (${formatPercent(found.density)})` },
  ];
  for (const { name, nVar, examples } of found.modalities) {
    const many = name === 'protein' ? 'proteins' : name;
    facts.push({
      label: 'Beside the genes',
      value: `${formatCount(nVar)} ${many} found: ${firstOf(examples, 6, nVar)}`,
    });
  }
  if (found.obsm.length > 0) {
    facts.push({ label: 'Coordinates', value: found.obsm.map(({ name, nDim }) => `${name} (${nDim}-D)`).join(', ') });
  }
  facts.push(...spatialFacts(found));
  if (found.obsColumns.length > 0)
    facts.push({ label: 'Annotations', value: shortList(found.obsColumns.map(columnText), 8) });
  if (found.layers.length > 0) facts.push({ label: 'Layers', value: shortList(found.layers, 8) });
  return facts;
}

function columnText({ name, nCategories }: Inspection['obsColumns'][number]): string {
  return nCategories === null ? name : `${name} (${formatCount(nCategories)})`;
}

/** The first few of `total`, of which only examples are known, and how many more there are. */
export function firstOf(examples: readonly string[], most: number, total: number): string {
  const shown = examples.slice(0, most);
  return total > shown.length ? `${shown.join(', ')} and ${formatCount(total - shown.length)} more` : shown.join(', ');
}

/** The first few, and how many more there are. */
export function shortList(items: string[], most: number): string {
  return items.length <= most ? items.join(', ') : `${items.slice(0, most).join(', ')} and ${items.length - most} more`;
}
