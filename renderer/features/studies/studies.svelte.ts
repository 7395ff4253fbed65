import { jobs } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import { jobsOfRuns, progressOf, secondsLeft, type RunProgress } from '../benchmark/run-progress.ts';
import type { Study, StudyInfo } from './study-types.ts';

/** The studies of the open project, and the one that is looked at. */
export class Studies {
  /** Newest first; null until they are read. */
  list = $state.raw<StudyInfo[] | null>(null);
  shownId = $state<number | null>(null);
  shown = $state.raw<Study | null>(null);
  error = $state.raw<PlainError | null>(null);
  #asked = 0;

  readonly #jobs = $derived(jobsOfRuns(jobs.list, project.info?.uuid ?? ''));

  /** The runs that are looked at, in their order, with how far each is. */
  readonly progress = $derived.by((): RunProgress[] => {
    const { shown } = this;
    if (shown === null) return [];
    const pictured = shown.pictures
      .filter(({ clustering }) => clustering !== null)
      .map(({ run }) => ({ runIds: [run] }));
    return progressOf({ runs: shown.runs, table: { rows: pictured } }, project.runs, this.#jobs);
  });
  readonly isUnderWay = $derived(
    this.progress.some(({ stage }) => stage === 'waiting' || stage === 'training' || stage === 'scoring'),
  );
  readonly secondsLeft = $derived(secondsLeft(this.progress, null));
  /** Changes when something happened that may have changed the tables. */
  readonly changes = $derived(
    JSON.stringify([
      project.runs.filter(({ id }) => this.shown?.runIds.includes(id)).map(({ id, state }) => [id, state]),
      [...this.#jobs.values()].filter(({ evaluate }) => evaluate?.state === 'done' || evaluate?.state === 'failed')
        .length,
    ]),
  );

  async loadList(): Promise<void> {
    try {
      this.list = (await core.readyStudies.list({ project: project.uuid })).toReversed();
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
      const study = await core.readyStudies.get({ project: project.uuid, studyId: shownId });
      if (asked !== this.#asked) return;
      this.shown = study;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = plainError(thrown);
    }
  }
}
