import type { Normalisation } from '../../app/recipe.svelte.ts';

export interface Choice<Value> {
  value: Value;
  title: string;
  /** When to use it: one sentence. */
  when: string;
}

/** Ways to make cells comparable. `noun`: 'cell' or 'spot'. */
export function librarySizeChoices(noun: string): Choice<Normalisation['librarySize']>[] {
  return [
    {
      value: 'cp10k',
      title: `10,000 counts per ${noun}`,
      when: `The usual choice: ${noun}s that were sequenced more deeply no longer look different for that reason.`,
    },
    {
      value: 'median',
      title: 'The median total',
      when: `Does the same, but values stay near the size of real counts; DCA works this way.`,
    },
    {
      value: 'suica',
      title: '200 counts per spot',
      when: 'What SUICA expects of spatial data.',
    },
    {
      value: 'none',
      title: 'Leave the totals',
      when: 'For values that are scaled already, or where the total itself matters.',
    },
  ];
}

export const log1pWhen =
  'Keeps a few very strong genes from outweighing all others. Leave it off where the values are logarithms already.';

export const variableGeneChoices: Choice<'all' | 'variable'>[] = [
  { value: 'all', title: 'All genes', when: 'When you want denoised values of every gene.' },
  {
    value: 'variable',
    title: 'The most variable genes',
    when: 'Faster, and often clearer clusters; the other genes are left out of the run.',
  },
];

export const scaleChoices: Choice<Normalisation['scale']>[] = [
  { value: 'none', title: 'Leave the genes', when: 'Strong genes weigh more than weak ones; right for most methods.' },
  {
    value: 'zscore',
    title: 'Mean 0, standard deviation 1',
    when: 'Every gene weighs the same, weak ones included; use it with variable genes, for it also lifts noise.',
  },
  { value: 'minmax', title: 'From 0 to 1', when: 'For methods whose output lies between 0 and 1.' },
];
