import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { FieldValue, MethodDescription } from '../learn/learn-form.svelte.ts';
import { domainOf, rangeRow, rowProblem, type RangeRow } from './range-row.ts';
import type { SearchDomain, SearchPlan, SearchRequest } from './search-types.ts';

/** The cells that judge must be the same in all trials. */
const NEVER_SEARCHED = new Set(['heldOutShare']);

/** A search that is being put together. */
export class SearchForm {
  methods = $state.raw<MethodDescription[]>([]);
  labelChoices = $state.raw<{ columns: { name: string; nGroups: number }[]; best: string | null } | null>(null);

  title = $state('');
  datasetId = $state<number | null>(null);
  methodId = $state('');
  presetId = $state('');
  rows = $state<RangeRow[]>([]);
  trials = $state<number | null>(20);
  sampler = $state<'tpe' | 'random'>('tpe');
  seed = $state<number | null>(1);
  objective = $state<'held-out' | 'ari' | 'nmi'>('held-out');
  labels = $state<string | null>(null);
  space = $state<'latent' | 'denoised'>('latent');
  /** Null: by the objective and the method. */
  rule = $state<'median' | 'halving' | 'none' | null>(null);
  startTrials = $state<number | null>(5);
  warmUpEpochs = $state<number | null>(5);
  minEpochs = $state<number | null>(5);
  factor = $state<number | null>(3);

  plan = $state.raw<SearchPlan | null>(null);
  planError = $state.raw<PlainError | null>(null);
  isPlanning = $state(false);
  #asked = 0;

  readonly dataset = $derived(project.datasets.find(({ id }) => id === this.datasetId) ?? null);
  readonly method = $derived(this.methods.find(({ id }) => id === this.methodId) ?? null);
  readonly preset = $derived(this.method?.presets.find(({ id }) => id === this.presetId) ?? null);
  readonly usualTitle = $derived(
    this.method === null || this.dataset === null ? 'Search' : `${this.method.title} on ${this.dataset.name}`,
  );

  /** Why it cannot start, in words; null: it can. */
  readonly problem = $derived.by((): string | null => {
    if (this.dataset === null) return 'Choose a dataset.';
    if (this.method === null) return 'Choose a method.';
    if (!this.rows.some(({ searched }) => searched)) return 'Choose at least one setting to search.';
    for (const row of this.rows) {
      const wrong = rowProblem(row);
      if (wrong !== null) return `${row.field.label}: ${wrong}`;
    }
    if (!isWhole(this.trials, 1, 2000)) return 'The number of trials is a whole number from 1 to 2000.';
    if (!isWhole(this.seed, 0, Number.MAX_SAFE_INTEGER)) return 'The seed is a whole number of at least 0.';
    if (this.rule === 'median' && !(isWhole(this.startTrials, 1, 1000) && isWhole(this.warmUpEpochs, 0, 10_000)))
      return 'The median rule takes whole numbers.';
    if (this.rule === 'halving' && !(isWhole(this.minEpochs, 1, 10_000) && isWhole(this.factor, 2, 16)))
      return 'Successive halving takes whole numbers; one of 2 to 16 goes on.';
    return null;
  });

  readonly request = $derived.by((): SearchRequest | null => {
    const { dataset, method, preset } = this;
    if (this.problem !== null || dataset === null || method === null || preset === null) return null;
    const ranges: Record<string, SearchDomain> = {};
    const set: Record<string, FieldValue> = {};
    for (const row of this.rows) {
      const { key } = row.field;
      const domain = row.searched ? domainOf(row) : null;
      if (domain !== null) ranges[key] = domain;
      else if (row.value !== preset.parameters[key]) set[key] = row.value;
    }
    return {
      title: this.title.trim() || this.usualTitle,
      dataset: dataset.id,
      method: method.id,
      preset: preset.id,
      set,
      ranges,
      trials: this.trials ?? 1,
      sampler: this.sampler,
      seed: this.seed ?? 1,
      objective:
        this.objective === 'held-out'
          ? { kind: 'held-out' }
          : { kind: this.objective, labels: this.labels ?? undefined, space: this.space },
      pruning: this.#pruning(),
    };
  });

  /** Reads what there is to choose from. */
  async load(): Promise<void> {
    const methods = await core.methods.list({ project: project.uuid });
    this.methods = methods.filter(({ fields, question }) => question !== 'floor' && fields.length > 0);
  }

  /** Begins with a dataset and, where one is given, a method and a preset. */
  begin(datasetId: number, methodId?: string, presetId?: string): void {
    this.datasetId = datasetId;
    this.labels = null;
    const method =
      this.methods.find(({ id }) => id === (methodId ?? this.methodId)) ??
      this.methods.find(({ heldOut }) => heldOut !== null) ??
      this.methods[0];
    if (method !== undefined) this.chooseMethod(method.id, presetId);
  }

  chooseMethod(id: string, presetId?: string): void {
    this.methodId = id;
    const { method } = this;
    if (method === null) return;
    if (method.heldOut === null && this.objective === 'held-out') this.objective = 'ari';
    this.choosePreset(method.presets.find((preset) => preset.id === presetId)?.id ?? method.presets[0].id);
  }

  choosePreset(id: string): void {
    this.presetId = id;
    const { method, preset } = this;
    if (method === null || preset === null) return;
    this.rows = method.fields
      .filter(({ key }) => !NEVER_SEARCHED.has(key))
      .map((field) => rangeRow(field, preset.parameters[field.key] as FieldValue));
  }

  /** Which columns of the dataset could serve as labels. */
  async readLabels(): Promise<void> {
    const { datasetId } = this;
    if (datasetId === null) return;
    const found = await core.analysis.labels({ project: project.uuid, dataset: datasetId });
    if (datasetId === this.datasetId) this.labelChoices = found;
  }

  /** Asks what the search would do and take. */
  async readPlan(): Promise<void> {
    const asked = ++this.#asked;
    const { request } = this;
    this.isPlanning = request !== null;
    if (request === null) {
      this.plan = null;
      this.planError = null;
      return;
    }
    try {
      const plan = await core.searches.plan({ project: project.uuid, spec: request });
      if (asked !== this.#asked) return;
      this.plan = plan;
      this.planError = null;
    } catch (thrown) {
      if (asked !== this.#asked) return;
      this.plan = null;
      this.planError = plainError(thrown);
    } finally {
      if (asked === this.#asked) this.isPlanning = false;
    }
  }

  #pruning(): SearchRequest['pruning'] {
    if (this.rule === 'median')
      return { kind: 'median', startTrials: this.startTrials ?? 5, warmUpEpochs: this.warmUpEpochs ?? 5 };
    if (this.rule === 'halving') return { kind: 'halving', minEpochs: this.minEpochs ?? 5, factor: this.factor ?? 3 };
    return this.rule === 'none' ? { kind: 'none' } : undefined;
  }
}

function isWhole(value: number | null, least: number, most: number): boolean {
  return value !== null && Number.isInteger(value) && value >= least && value <= most;
}
