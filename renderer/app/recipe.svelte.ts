import { core } from '../rpc/client.ts';
import { notices } from './notices.svelte.ts';
import { project } from './project.svelte.ts';
import { undoStack } from './undo.svelte.ts';

export type Recipe = Awaited<ReturnType<typeof core.datasets.recipe>>['recipe'];
export type Filter = Recipe['filter'];
export type Normalisation = Recipe['normalisation'];

/** The recipe in force of the chosen dataset: which cells and genes stay, and how values are prepared. */
class DatasetRecipe {
  /** Null until it is read. */
  current = $state.raw<Recipe | null>(null);
  #of = '';

  /** Reads the recipe of a dataset; what was known of another one is forgotten at once. */
  async load(dataset: number): Promise<void> {
    const of = `${project.uuid} ${dataset}`;
    if (this.#of !== of) this.current = null;
    this.#of = of;
    const { recipe } = await core.datasets.recipe({ project: project.uuid, dataset });
    if (this.#of === of) this.current = recipe;
  }

  /** Puts another recipe in force, as one step that can be undone. False when the core refused (which is then shown). */
  async change(dataset: number, recipe: Recipe, name: string): Promise<boolean> {
    const uuid = project.uuid;
    const { recipe: before } = await core.datasets.recipe({ project: uuid, dataset }).catch((thrown: unknown) => {
      notices.error(thrown);
      return { recipe: null };
    });
    if (before === null) return false;
    const put = async (wanted: Recipe): Promise<void> => {
      const { recipe: stored } = await core.datasets.putRecipe({ project: uuid, dataset, recipe: wanted });
      if (this.#of === `${uuid} ${dataset}`) this.current = stored;
      // Runs of another recipe are out of date now.
      await project.refresh();
    };
    return undoStack.run({ name, do: () => put(recipe), undo: () => put(before) });
  }
}

export const datasetRecipe = new DatasetRecipe();
