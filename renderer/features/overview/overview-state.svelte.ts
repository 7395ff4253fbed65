import { bulkRoutes } from '../../../main/contract/bulk-routes.ts';
import { BATCH_NAMES } from '../../../main/contract/words/batch-names.ts';
import { project, type DatasetInfo } from '../../app/project.svelte.ts';
import { fetchArray } from '../../rpc/bulk.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { defaultColumn } from '../explore/default-column.ts';
import type { ColumnSummary } from '../explore/explore-types.ts';

/** A column of obs as groups. */
export interface Grouping {
  name: string;
  /** [nObs], -1 where missing */
  codes: Int32Array;
  categories: string[];
}

/** How variance follows the mean: points, and the common dispersion. */
export interface GeneSpread {
  /** [nGenes, 2] */
  points: Float64Array;
  dispersion: number | null;
  names: string[];
}

/** Groups that can be told apart in a stack. */
const MOST_GROUPS = 100;

/** What the overview of one dataset shows. */
export class OverviewState {
  readonly dataset: DatasetInfo;
  readonly uuid: string;
  /** Counts and genes of every observation. */
  counts = $state.raw<Float64Array | null>(null);
  genes = $state.raw<Float64Array | null>(null);
  spread = $state.raw<GeneSpread | null>(null);
  /** Columns that can group the observations. */
  columns = $state.raw<ColumnSummary[]>([]);
  /** Column that stacks the histograms and makes the bars; '' for none. */
  batch = $state('');
  /** Column whose groups fill the bars. */
  types = $state('');
  batches = $state.raw<Grouping | null>(null);
  typeGroups = $state.raw<Grouping | null>(null);
  error = $state.raw<PlainError | null>(null);

  constructor(uuid: string, dataset: DatasetInfo) {
    this.uuid = uuid;
    this.dataset = dataset;
  }

  async load(): Promise<void> {
    this.error = null;
    const at = { project: this.uuid, dataset: this.dataset.id };
    const vector = async (measure: 'counts' | 'genes'): Promise<Float64Array> =>
      (await fetchArray<Float64Array>(bulkRoutes.quality(this.uuid, this.dataset.id, measure))).values;
    try {
      const [columns, counts, genes] = await Promise.all([
        core.datasets.columns(at),
        vector('counts'),
        vector('genes'),
      ]);
      this.columns = columns.filter(
        ({ categories }) => categories !== null && categories.length >= 1 && categories.length <= MOST_GROUPS,
      );
      this.counts = counts;
      this.genes = genes;
      this.types = defaultColumn(this.dataset.obsColumns) ?? this.columns[0]?.name ?? '';
      this.batch = this.#likelyBatch();
      await Promise.all([this.group('batch', this.batch), this.group('types', this.types), this.#loadSpread()]);
    } catch (thrown) {
      this.error = plainError(thrown);
    }
  }

  /** Chooses the column that makes the bars, or the one that fills them. */
  async group(which: 'batch' | 'types', name: string): Promise<void> {
    if (which === 'batch') this.batch = name;
    else this.types = name;
    try {
      const grouping = name === '' ? null : await this.#grouping(name);
      if (which === 'batch' && this.batch === name) this.batches = grouping;
      if (which === 'types' && this.types === name) this.typeGroups = grouping;
    } catch (thrown) {
      this.error = plainError(thrown);
    }
  }

  #likelyBatch(): string {
    const others = this.columns.filter(({ name }) => name !== this.types);
    for (const pattern of BATCH_NAMES) {
      const found = others.find(({ name }) => pattern.test(name));
      if (found) return found.name;
    }
    return '';
  }

  async #grouping(name: string): Promise<Grouping | null> {
    const column = this.columns.find((one) => one.name === name);
    if (column?.categories == null) return null;
    const { values } = await fetchArray<Int32Array>(bulkRoutes.obsColumn(this.uuid, this.dataset.id, name));
    return { name, codes: values, categories: column.categories };
  }

  async #loadSpread(): Promise<void> {
    const at = { project: this.uuid, dataset: this.dataset.id };
    const [{ values }, { dispersion }, names] = await Promise.all([
      fetchArray<Float64Array>(bulkRoutes.meanVariance(this.uuid, this.dataset.id)),
      core.datasets.meanVariance(at),
      core.datasets.geneNames(at),
    ]);
    this.spread = { points: values, dispersion, names };
  }
}

/** The overview of the dataset that is looked at. */
export function overviewOf(dataset: DatasetInfo): OverviewState {
  return new OverviewState(project.uuid, dataset);
}
