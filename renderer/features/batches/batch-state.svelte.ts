import { jobs, type Job } from '../../app/jobs.svelte.ts';
import { project } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { ScoreFigure, ScoreTable } from '../score/score-types.ts';

interface BatchChoices {
  columns: { name: string; nGroups: number }[];
  best: string | null;
}

/** How well the runs of one dataset mix its batches. */
export class BatchState {
  table = $state.raw<ScoreTable | null>(null);
  figures = $state.raw<ScoreFigure[]>([]);
  choices = $state.raw<BatchChoices | null>(null);
  /** Columns that there are figures for. */
  checked = $state.raw<string[]>([]);
  chosen = $state<string | null>(null);
  error = $state.raw<PlainError | null>(null);
  /** Plain sentences of the last check. */
  notes = $state.raw<string[]>([]);
  #asked = 0;

  readonly column = $derived(this.chosen ?? this.checked[0] ?? this.choices?.best ?? null);
  readonly job = $derived<Job | null>(
    jobs.active.find((job) => job.kind === 'batches' && job.project === project.info?.uuid) ?? null,
  );

  begin(): void {
    this.table = null;
    this.figures = [];
    this.choices = null;
    this.checked = [];
    this.chosen = null;
    this.error = null;
    this.notes = [];
  }

  async load(): Promise<void> {
    const { dataset, uuid } = project;
    if (dataset === null) return;
    const asked = ++this.#asked;
    const runIds = project.datasetRuns.map((run) => run.id);
    try {
      this.choices ??= await core.analysis.batches({ project: uuid, dataset: dataset.id });
      const wanted = this.column ?? '';
      const [answer, figures] = await Promise.all([
        core.analysis.table({ project: uuid, runIds, batches: wanted }),
        core.analysis.scores({ project: uuid, runIds }),
      ]);
      if (asked !== this.#asked) return;
      this.checked = answer.labels;
      this.table = answer.table;
      this.figures = figures;
      this.error = null;
      // What was found first may be of another column than the likeliest.
      if (this.column !== wanted) await this.load();
    } catch (thrown) {
      if (asked === this.#asked) this.error = plainError(thrown);
    }
  }

  /** Checks every finished run and waits for the end. Rejects with what went wrong. */
  async check(): Promise<void> {
    const { column } = this;
    if (column === null) return;
    this.notes = [];
    const runIds = project.doneRuns.filter((run) => run.hasLatent).map((run) => run.id);
    const { job } = await core.analysis.checkBatches({ project: project.uuid, batch: column, runIds });
    const over = await jobs.whenOver(job);
    const notes = (over.result as { notes?: string[] } | null)?.notes ?? [];
    this.notes = notes.filter((note, at) => notes.indexOf(note) === at);
    this.chosen = column;
  }
}
