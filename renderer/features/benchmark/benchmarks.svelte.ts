import { jobs } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { ScoreFigure } from '../score/score-types.ts';
import type { Benchmark, BenchmarkInfo } from './benchmark-types.ts';
import { jobsOfRuns, progressOf, secondsLeft, type RunProgress } from './run-progress.ts';

/** The benchmarks of the open project, and the one that is looked at. */
export class Benchmarks {
  /** Newest first; null until they are read. */
  list = $state.raw<BenchmarkInfo[] | null>(null);
  shownId = $state<number | null>(null);
  shown = $state.raw<Benchmark | null>(null);
  figures = $state.raw<ScoreFigure[]>([]);
  error = $state.raw<PlainError | null>(null);
  /** Seconds of a run by the plan of the one that is looked at. */
  #planned = $state<number | null>(null);
  #plannedOf: number | null = null;
  #asked = 0;

  readonly #jobs = $derived(jobsOfRuns(jobs.list, project.info?.uuid ?? ''));

  /** The runs that are looked at, in their order, with how far each is. */
  readonly progress = $derived.by((): RunProgress[] => {
    const { shown } = this;
    return shown === null ? [] : progressOf(shown, project.runs, this.#jobs);
  });
  readonly isUnderWay = $derived(
    this.progress.some(({ stage }) => stage === 'waiting' || stage === 'training' || stage === 'scoring'),
  );
  readonly secondsLeft = $derived(secondsLeft(this.progress, this.#planned));
  /** Changes when something happened that may have changed the table. */
  readonly changes = $derived(
    JSON.stringify([
      project.runs
        .filter(({ id }) => this.shown?.runIds.includes(id))
        .map(({ id, state, outdated }) => [id, state, outdated]),
      [...this.#jobs.values()].filter(({ evaluate }) => evaluate?.state === 'done' || evaluate?.state === 'failed')
        .length,
    ]),
  );

  async loadList(): Promise<void> {
    try {
      this.list = (await core.benchmarks.list({ project: project.uuid })).toReversed();
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
    this.figures = [];
    this.#planned = null;
  }

  /** Reads the one that is looked at anew. */
  async load(): Promise<void> {
    const { shownId } = this;
    const asked = ++this.#asked;
    if (shownId === null) return;
    try {
      const { uuid } = project;
      const benchmark = await core.benchmarks.get({ project: uuid, benchmark: shownId });
      const figures = await core.analysis.scores({ project: uuid, runIds: benchmark.runIds });
      if (asked !== this.#asked) return;
      this.shown = benchmark;
      this.figures = figures;
      this.error = null;
      if (this.isUnderWay) await this.#readPlan(benchmark);
    } catch (thrown) {
      if (asked === this.#asked) this.error = plainError(thrown);
    }
  }

  /** What its runs were expected to take; it says nothing where that cannot be known any more. */
  async #readPlan({ id, spec }: Benchmark): Promise<void> {
    if (this.#plannedOf === id) return;
    this.#plannedOf = id;
    const plan = await core.benchmarks.plan({ project: project.uuid, spec }).catch(() => null);
    if (this.shownId === id) this.#planned = plan === null ? null : plan.seconds / plan.nRuns;
  }
}
