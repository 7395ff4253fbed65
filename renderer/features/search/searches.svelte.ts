import { jobs, type Job } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { Search, SearchInfo } from './search-types.ts';

/** The searches of the open project, and the one that is looked at. */
export class Searches {
  /** Newest first; null until they are read. */
  list = $state.raw<SearchInfo[] | null>(null);
  shownId = $state<number | null>(null);
  shown = $state.raw<Search | null>(null);
  error = $state.raw<PlainError | null>(null);
  #asked = 0;

  readonly #jobs = $derived(
    jobs.list.filter(
      ({ project: uuid, kind }) => uuid === project.info?.uuid && (kind === 'train' || kind === 'score'),
    ),
  );
  /** Changes when something happened that may have changed the search. */
  readonly changes = $derived(
    JSON.stringify([
      this.#jobs.map(({ id, state }) => `${id} ${state}`),
      project.runs.filter(({ id }) => this.shown?.runIds.includes(id)).map(({ id, state }) => `${id} ${state}`),
    ]),
  );
  /** The job that works on the search now. */
  readonly job = $derived.by((): Job | undefined => {
    const own = this.shown?.trials.filter(({ state }) => state === 'open').map(({ run }) => run) ?? [];
    return this.#jobs.findLast(
      ({ state, runId }) => (state === 'running' || state === 'queued') && runId !== null && own.includes(runId),
    );
  });

  async loadList(): Promise<void> {
    try {
      this.list = (await core.searches.list({ project: project.uuid })).toReversed();
      this.error = null;
      if (!this.list.some(({ id }) => id === this.shownId)) this.show(this.list[0]?.id ?? null);
    } catch (thrown) {
      this.error = plainError(thrown);
    }
  }

  show(id: number | null): void {
    if (id === this.shownId) return;
    this.shownId = id;
    this.shown = null;
  }

  /** Reads the one that is looked at anew. */
  async load(): Promise<void> {
    const { shownId } = this;
    const asked = ++this.#asked;
    if (shownId === null) return;
    try {
      const search = await core.searches.get({ project: project.uuid, search: shownId });
      if (asked !== this.#asked) return;
      this.shown = search;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = plainError(thrown);
    }
  }
}
