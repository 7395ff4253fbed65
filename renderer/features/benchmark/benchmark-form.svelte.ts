import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { fieldProblem, type FieldValue, type MethodDescription } from '../learn/learn-form.svelte.ts';
import type { BenchmarkPlan, BenchmarkRequest, RecipePreset } from './benchmark-types.ts';
import { protocolProblem, protocolsOf } from './protocol-choices.ts';
import { firstSeeds, parseSeeds } from './seeds.ts';
import { hasPositions, likelihoodPresets, usualRecipe, usualTitle } from './suggestions.ts';

export interface LabelChoices {
  columns: { name: string; nGroups: number }[];
  best: string | null;
}

/** A benchmark that is being put together. */
export class BenchmarkForm {
  methods = $state.raw<MethodDescription[]>([]);
  recipes = $state.raw<RecipePreset[]>([]);
  /** Columns that could serve as labels, by dataset. */
  labelChoices = $state.raw<Record<number, LabelChoices>>({});

  title = $state('');
  datasetIds = $state.raw<number[]>([]);
  /** Chosen column by dataset; left out: the best. */
  labels = $state<Record<number, string>>({});
  /** Chosen presets by method. */
  presets = $state.raw<Record<string, string[]>>({});
  /** Settings that differ from the preset, by `method preset`. */
  settings = $state.raw<Record<string, Record<string, FieldValue>>>({});
  spatial = $state.raw<number[]>([]);
  withMuted = $state(false);
  muted = $state<number | null>(70);
  withNoise = $state(false);
  noise = $state<number | null>(1);
  withLikelihood = $state(false);
  heldOut = $state<number | null>(10);
  withThinned = $state(false);
  thinned = $state<number | null>(50);
  /** 0: those of `seedList`. */
  seedCount = $state(3);
  seedList = $state('1, 2, 3');
  chosenRecipe = $state<string | null>(null);
  floors = $state(true);

  plan = $state.raw<BenchmarkPlan | null>(null);
  planError = $state.raw<PlainError | null>(null);
  isPlanning = $state(false);
  #asked = 0;

  readonly datasets = $derived(project.datasets.filter(({ id }) => this.datasetIds.includes(id)));
  readonly recipe = $derived(this.chosenRecipe ?? usualRecipe(this.datasets));
  readonly seeds = $derived(this.seedCount === 0 ? parseSeeds(this.seedList) : firstSeeds(this.seedCount));
  readonly choices = $derived({
    spatial: this.spatial,
    muted: this.withMuted ? (this.muted ?? NaN) : null,
    noise: this.withNoise ? (this.noise ?? NaN) : null,
    thinned: this.withThinned ? (this.thinned ?? NaN) : null,
    heldOut: this.withLikelihood ? (this.heldOut ?? NaN) : null,
  });
  readonly entries = $derived(
    this.methods.flatMap((method) => (this.presets[method.id] ?? []).map((preset) => ({ method, preset }))),
  );

  /** Why it cannot start, in words; null: it can. */
  readonly problem = $derived.by((): string | null => {
    if (this.datasets.length === 0) return 'Choose at least one dataset.';
    if (this.entries.length === 0) return 'Choose at least one method.';
    const wrong = this.entries.find(({ method, preset }) => this.wrongSetting(method, preset) !== null);
    if (wrong) return `A setting of ${wrong.method.title} cannot be: ${this.wrongSetting(wrong.method, wrong.preset)}`;
    const protocol = protocolProblem(this.choices);
    if (protocol !== null) return protocol;
    if (protocolsOf(this.choices).length === 0) return 'Choose at least one protocol.';
    if (this.seeds === null) return 'Write the seeds as whole numbers: 1, 2, 3 or 1-5; at most 100 of them.';
    return null;
  });

  readonly usualTitle = $derived(
    usualTitle(
      this.problem === null ? protocolsOf(this.choices).map(({ kind }) => kind) : [],
      this.datasets.map(({ name }) => name),
    ),
  );

  readonly request = $derived.by((): BenchmarkRequest | null =>
    this.problem !== null || this.seeds === null
      ? null
      : {
          title: this.title.trim() || this.usualTitle,
          datasets: this.datasets.map(({ id }) => ({ dataset: id, labels: this.labels[id] })),
          methods: this.entries.map(({ method, preset }) => ({
            method: method.id,
            preset,
            set: this.settings[`${method.id} ${preset}`] ?? {},
          })),
          protocols: protocolsOf(this.choices),
          seeds: this.seeds,
          recipe: this.recipe,
          floors: this.floors,
        },
  );

  /** Reads what there is to choose from. */
  async load(): Promise<void> {
    const [methods, recipes] = await Promise.all([
      core.methods.list({ project: project.uuid }),
      core.datasets.recipePresets(),
    ]);
    this.methods = methods.filter(({ question }) => question !== 'floor');
    this.recipes = recipes;
  }

  /** Begins with one dataset, and what makes sense for it. */
  begin(datasetId: number): void {
    const dataset = project.datasets.find(({ id }) => id === datasetId);
    if (dataset === undefined) return;
    const isSpatial = hasPositions(dataset);
    this.datasetIds = [datasetId];
    this.presets = Object.fromEntries(
      this.methods
        .filter(({ question }) => question === (isSpatial ? 'space' : 'structure'))
        .map((method) => [method.id, [method.presets[0].id]]),
    );
    this.spatial = isSpatial ? [80] : [];
    this.withMuted = !isSpatial;
    this.withLikelihood = false;
  }

  /** The table of ZiPo's paper: its methods, held-out cells, twelve seeds. */
  beginLikelihood(datasetId: number): void {
    this.begin(datasetId);
    this.presets = likelihoodPresets(this.methods);
    this.spatial = [];
    this.withMuted = this.withNoise = this.withThinned = false;
    this.withLikelihood = true;
    this.seedCount = 12;
  }

  toggleDataset(id: number): void {
    this.datasetIds = toggled(this.datasetIds, id);
  }

  toggleMethod(method: MethodDescription): void {
    const isChosen = (this.presets[method.id] ?? []).length > 0;
    this.presets = { ...this.presets, [method.id]: isChosen ? [] : [method.presets[0].id] };
  }

  togglePreset(method: string, preset: string): void {
    this.presets = { ...this.presets, [method]: toggled(this.presets[method] ?? [], preset) };
  }

  toggleShare(percent: number): void {
    this.spatial = toggled(this.spatial, percent);
  }

  settingsOf(method: MethodDescription, preset: string): Record<string, FieldValue> {
    const base = method.presets.find(({ id }) => id === preset)?.parameters ?? {};
    return { ...(base as Record<string, FieldValue>), ...this.settings[`${method.id} ${preset}`] };
  }

  set(method: MethodDescription, preset: string, key: string, value: FieldValue): void {
    const place = `${method.id} ${preset}`;
    const base = method.presets.find(({ id }) => id === preset)?.parameters ?? {};
    const changed = Object.entries({ ...this.settings[place], [key]: value }).filter(([k, v]) => v !== base[k]);
    this.settings = { ...this.settings, [place]: Object.fromEntries(changed) };
  }

  wrongSetting(method: MethodDescription, preset: string): string | null {
    const values = this.settingsOf(method, preset);
    for (const field of method.fields) {
      const problem = fieldProblem(field, values[field.key]);
      if (problem !== null) return `${field.label}. ${problem}`;
    }
    return null;
  }

  /** Which columns of a dataset could serve as labels; read once. */
  async readLabels(dataset: number): Promise<void> {
    if (dataset in this.labelChoices) return;
    const found = await core.analysis.labels({ project: project.uuid, dataset });
    this.labelChoices = { ...this.labelChoices, [dataset]: found };
  }

  /** Asks what the benchmark would take. */
  async readPlan(): Promise<void> {
    const asked = ++this.#asked;
    const { request } = this;
    if (request === null) {
      this.plan = null;
      this.planError = null;
      this.isPlanning = false;
      return;
    }
    this.isPlanning = true;
    try {
      const plan = await core.benchmarks.plan({ project: project.uuid, spec: request });
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
}

function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((other) => other !== value) : [...list, value];
}
