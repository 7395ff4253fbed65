import { navigation } from './navigation.svelte.ts';
import { project, type RunInfo } from './project.svelte.ts';

/** More runs than this cannot be told apart side by side. */
export const MOST_COMPARED = 8;

/** Runs that are looked at side by side, and those that are marked in the tree. */
class Comparison {
  #ids = $state.raw<readonly number[]>([]);
  #marked = $state.raw<readonly number[]>([]);

  /** Runs on the Compare screen that are still there, in the order in which they were chosen. */
  readonly runs = $derived(
    this.#ids.map((id) => project.runs.find((run) => run.id === id)).filter((run) => run !== undefined),
  );
  readonly marked = $derived(this.#marked.filter((id) => project.runs.some((run) => run.id === id)));

  /** Shows runs side by side, in place of those before. */
  open(ids: readonly number[]): void {
    this.#ids = [...new Set(ids)].slice(0, MOST_COMPARED);
    this.#marked = [];
    const [first] = this.runs;
    // Pictures and clusters are of one dataset.
    if (first !== undefined && first.datasetId !== project.dataset?.id) project.selectDataset(first.datasetId);
    navigation.go('compare');
  }

  /** A run from its menu: with the others that are marked, else beside those that are compared already. */
  openWith(run: RunInfo): void {
    this.open(this.marked.includes(run.id) ? this.marked : [...this.runs.map(({ id }) => id), run.id]);
  }

  add(id: number): void {
    if (this.#ids.length < MOST_COMPARED) this.#ids = [...new Set([...this.#ids, id])];
  }

  remove(id: number): void {
    this.#ids = this.#ids.filter((other) => other !== id);
  }

  /** Marks a run in the tree, or takes its mark away. */
  toggleMark(id: number): void {
    this.#marked = this.marked.includes(id) ? this.marked.filter((other) => other !== id) : [...this.marked, id];
  }

  clearMarks(): void {
    this.#marked = [];
  }
}

export const comparison = new Comparison();
