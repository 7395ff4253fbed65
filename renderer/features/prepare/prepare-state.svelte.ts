import { project } from '../../app/project.svelte.ts';
import { datasetRecipe, type Filter, type Normalisation } from '../../app/recipe.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';

export type PreparePreview = Awaited<ReturnType<typeof core.datasets.preview>>;
export type RecipePreset = Awaited<ReturnType<typeof core.datasets.recipePresets>>[number];

/** How the values of one dataset are to be prepared, and what that would do to them. */
export class PrepareState {
  readonly dataset: number;
  presets = $state.raw<RecipePreset[]>([]);
  /** As it stands on the screen; in force only once it is applied. */
  draft = $state.raw<Normalisation | null>(null);
  /** The filter in force, with the limits of a preset where the person asked for them. */
  filter = $state.raw<Filter | null>(null);
  preview = $state.raw<PreparePreview | null>(null);
  busy = $state(false);
  error = $state.raw<PlainError | null>(null);

  readonly changed = $derived(
    this.draft !== null &&
      datasetRecipe.current !== null &&
      (!same(this.draft, datasetRecipe.current.normalisation) || !same(this.filter, datasetRecipe.current.filter)),
  );
  /** The preset that the choices amount to. */
  readonly preset = $derived(this.presets.find(({ recipe }) => same(recipe.normalisation, this.draft)) ?? null);

  constructor(dataset: number) {
    this.dataset = dataset;
  }

  async load(): Promise<void> {
    this.error = null;
    try {
      const [presets] = await Promise.all([core.datasets.recipePresets(), datasetRecipe.load(this.dataset)]);
      this.presets = presets;
    } catch (thrown) {
      this.error = plainError(thrown);
    }
  }

  /** Back to what is in force. */
  reset(): void {
    this.draft = datasetRecipe.current?.normalisation ?? null;
    this.filter = datasetRecipe.current?.filter ?? null;
  }

  set(change: Partial<Normalisation>): void {
    if (this.draft !== null) this.draft = { ...this.draft, ...change };
  }

  async look(normalisation: Normalisation, filter: Filter, signal: AbortSignal): Promise<void> {
    this.busy = true;
    try {
      const preview = await core.datasets.preview(
        { project: project.uuid, dataset: this.dataset, normalisation, filter },
        { signal },
      );
      if (signal.aborted) return;
      this.preview = preview;
      this.error = null;
    } catch (thrown) {
      if (!signal.aborted) this.error = plainError(thrown);
    }
    if (!signal.aborted) this.busy = false;
  }

  apply(): Promise<boolean> {
    const { draft, filter, preset } = this;
    if (draft === null || filter === null) return Promise.resolve(false);
    const name = `Prepare as ${preset === null ? 'chosen' : `“${preset.title}”`}`;
    return datasetRecipe.change(this.dataset, { filter, normalisation: draft }, name);
  }
}

/** The schema gives both the same order of keys. */
function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
