import { isTissue } from '../../../main/contract/words/tissue-names.ts';
import type { DatasetInfo } from '../../app/project.svelte.ts';
import type { MethodDescription } from '../learn/learn-form.svelte.ts';
import type { BenchmarkRequest } from './benchmark-types.ts';

/** What is known of a dataset before anything is chosen. */
type Facts = Pick<DatasetInfo, 'id' | 'name' | 'valueKind' | 'obsm'>;

/** Whether it is known where the observations lie. */
export function hasPositions({ obsm }: Pick<DatasetInfo, 'obsm'>): boolean {
  return obsm.some(({ name }) => isTissue(name));
}

/**
 * The recipe in whose unit all methods are measured, unless a person chooses: SUICA's for counts of spots, as its tables
 * are made with it; the logarithm for other counts; and nothing for values that are scaled already.
 */
export function usualRecipe(datasets: readonly Facts[]): string {
  if (datasets.some(({ valueKind }) => valueKind === 'real')) return 'raw';
  const isSpatial = datasets.length > 0 && datasets.every(hasPositions);
  return isSpatial && datasets.every(({ valueKind }) => valueKind === 'counts') ? 'suica' : 'log';
}

/**
 * A small benchmark that answers the first question for one dataset: which method fills in spots best, or, where there
 * are no positions, which repairs muted entries best. Floors run with it.
 */
export function exampleBenchmark(dataset: Facts, methods: readonly MethodDescription[]): BenchmarkRequest {
  const isSpatial = hasPositions(dataset);
  const question = isSpatial ? 'space' : 'structure';
  return {
    title: `${isSpatial ? 'Spatial' : 'Gene'} imputation of ${dataset.name}`,
    datasets: [{ dataset: dataset.id }],
    methods: methods.filter((method) => method.question === question).map(({ id }) => ({ method: id })),
    protocols: isSpatial
      ? [{ kind: 'spatial-imputation', trainShare: 0.8, testShare: 0.2 }]
      : [{ kind: 'gene-imputation', mutedShare: 0.7 }],
    seeds: [1],
    recipe: usualRecipe([dataset]),
  };
}

/** Count models as ZiPo's paper compares them, and the recommended ones: presets by method. */
const LIKELIHOOD_PRESETS: Record<string, readonly string[]> = {
  zipo: ['lacuna', 'paper', 'zinb'],
  dca: ['lacuna', 'tool', 'paper', 'zipDCA', 'tunedDCA'],
};

/** Which of them there are. */
export function likelihoodPresets(methods: readonly MethodDescription[]): Record<string, string[]> {
  return Object.fromEntries(
    methods.flatMap(({ id, presets }) => {
      const wanted = LIKELIHOOD_PRESETS[id]?.filter((preset) => presets.some((one) => one.id === preset)) ?? [];
      return wanted.length === 0 ? [] : [[id, wanted]];
    }),
  );
}

const KINDS: Record<string, string> = {
  'spatial-imputation': 'Spatial imputation',
  'gene-imputation': 'Gene imputation',
  'gaussian-noise': 'Denoising',
  thinning: 'Denoising',
  clustering: 'Clustering',
  likelihood: 'Likelihood',
};

/** A name for a benchmark that was given none: 'Spatial imputation, denoising of 2 datasets'. */
export function usualTitle(kinds: readonly string[], names: readonly string[]): string {
  const found = [...new Set(kinds.map((kind) => KINDS[kind] ?? kind))];
  if (found.length === 0 || names.length === 0) return 'Benchmark';
  const words = found.map((word, at) => (at === 0 ? word : word.toLowerCase())).join(', ');
  return `${words} of ${names.length === 1 ? names[0] : `${names.length} datasets`}`;
}
