import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import { datasetRecipe, type Filter } from '../../app/recipe.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { keepObs, type KeptObs, type ObsMeasures } from './keep-obs.ts';

export type QualityReport = Awaited<ReturnType<typeof core.datasets.quality>>;
export type KeptGenes = Awaited<ReturnType<typeof core.datasets.keeps>>['var'];

/** A filter that keeps everything. */
export const NO_LIMITS: Filter = {
  obs: { minCounts: null, maxCounts: null, minGenes: null, maxGenes: null, maxMitoPercent: null },
  var: { minCells: null, minCounts: null, maxCount: null },
};

/** The quality of one dataset and the filter that is being chosen for it. */
export class QualityState {
  readonly dataset: number;
  report = $state.raw<QualityReport | null>(null);
  measures = $state.raw<ObsMeasures | null>(null);
  error = $state.raw<PlainError | null>(null);
  /** Limits as they stand on the screen; in force only once they are applied. */
  draft = $state.raw<Filter>(NO_LIMITS);
  genes = $state.raw<KeptGenes | null>(null);
  genesError = $state.raw<PlainError | null>(null);

  readonly kept = $derived<KeptObs | null>(this.measures === null ? null : keepObs(this.draft.obs, this.measures));
  readonly changed = $derived(
    datasetRecipe.current !== null && JSON.stringify(datasetRecipe.current.filter) !== JSON.stringify(this.draft),
  );
  readonly isSuggestion = $derived(
    this.report !== null && JSON.stringify(this.report.suggestion.filter) === JSON.stringify(this.draft),
  );

  constructor(dataset: number) {
    this.dataset = dataset;
  }

  async load(): Promise<void> {
    this.error = null;
    const { uuid } = project;
    const vector = async (measure: 'counts' | 'genes' | 'mitoPercent'): Promise<Float64Array> =>
      (await fetchArray<Float64Array>(bulkRoutes.quality(uuid, this.dataset, measure))).values;
    try {
      const [report] = await Promise.all([
        core.datasets.quality({ project: uuid, dataset: this.dataset }),
        datasetRecipe.load(this.dataset),
      ]);
      const knowsMito = report.obs.some(({ key }) => key === 'mitoPercent');
      const [counts, genes, mitoPercent] = await Promise.all([
        vector('counts'),
        vector('genes'),
        knowsMito ? vector('mitoPercent') : null,
      ]);
      this.report = report;
      this.measures = { counts, genes, mitoPercent };
    } catch (thrown) {
      this.error = plainError(thrown);
    }
  }

  setObs(key: keyof Filter['obs'], limit: number | null): void {
    this.draft = { ...this.draft, obs: { ...this.draft.obs, [key]: limit } };
  }

  setVar(key: keyof Filter['var'], limit: number | null): void {
    this.draft = { ...this.draft, var: { ...this.draft.var, [key]: limit } };
  }

  /** Genes are judged on the cells that stay, which only the core can count. */
  async countGenes(filter: Filter, signal: AbortSignal): Promise<void> {
    try {
      const { var: genes } = await core.datasets.keeps(
        { project: project.uuid, dataset: this.dataset, filter },
        { signal },
      );
      if (signal.aborted) return;
      this.genes = genes;
      this.genesError = null;
    } catch (thrown) {
      if (!signal.aborted) this.genesError = plainError(thrown);
    }
  }

  apply(name: string): Promise<boolean> {
    const { current } = datasetRecipe;
    if (current === null) return Promise.resolve(false);
    return datasetRecipe.change(this.dataset, { ...current, filter: this.draft }, name);
  }
}
