import { jobs, type Job } from '../../app/jobs.svelte.ts';
import { project, type RunInfo } from '../../app/project.svelte.ts';
import { core } from '../../rpc/client.ts';
import { plainError, type PlainError } from '../../rpc/plain-error.ts';
import type { ScoreFigure, ScoreTable } from './score-types.ts';

export type Clustering = 'kmeans' | 'leiden';

export interface LabelChoices {
  columns: { name: string; nGroups: number }[];
  best: string | null;
}

/** Spaces that can be scored, in the order of the form. */
export const SPACES = ['latent', 'denoised', 'tsne-2d', 'tsne-3d', 'umap-2d', 'umap-3d'] as const;

/** The scores of one dataset: what is there, and what to score next. */
export class ScoreState {
  table = $state.raw<ScoreTable | null>(null);
  figures = $state.raw<ScoreFigure[]>([]);
  /** Columns that there are figures against. */
  scoredLabels = $state.raw<string[]>([]);
  /** Column that the table is about; '' for all. */
  shownLabels = $state('');
  labels = $state.raw<LabelChoices | null>(null);
  error = $state.raw<PlainError | null>(null);
  /** Plain sentences of the last scoring. */
  notes = $state.raw<string[]>([]);
  jobId = $state<string | null>(null);

  chosenRuns = $state.raw<readonly number[] | null>(null);
  chosenLabels = $state<string | null>(null);
  spaces = $state.raw<readonly string[]>([]);
  clusterings = $state.raw<readonly Clustering[]>(['kmeans']);
  k = $state<number | null>(null);
  resolution = $state<number | null>(1);
  #asked = 0;

  /** The scoring that is under way, also one that was started elsewhere. */
  readonly job = $derived<Job | null>(
    jobs.active.find((job) => job.kind === 'score' && job.project === project.info?.uuid) ?? null,
  );

  readonly runs = $derived<RunInfo[]>(project.doneRuns.filter((run) => this.chosenRuns?.includes(run.id) ?? true));
  readonly labelsName = $derived(this.chosenLabels ?? this.labels?.best ?? null);
  readonly labelGroups = $derived(this.labels?.columns.find(({ name }) => name === this.labelsName)?.nGroups ?? null);
  /** Why scoring cannot start, in plain words; null when it can. */
  readonly problem = $derived.by(() => {
    if (this.runs.length === 0) return 'Choose at least one run.';
    if (this.labelsName === null) return 'Choose a column of labels.';
    if (this.spaces.length === 0) return 'Choose at least one space.';
    if (this.clusterings.length === 0) return 'Choose at least one clustering.';
    if (this.k !== null && !(Number.isInteger(this.k) && this.k >= 1))
      return 'The number of clusters must be a whole number of at least 1.';
    if (this.clusterings.includes('leiden') && !((this.resolution ?? 0) > 0))
      return 'The resolution of Leiden must be above 0.';
    return null;
  });

  /** The figures behind one cell of the table, a run each. */
  figuresOf(
    runIds: readonly number[],
    space: string,
    clustering: string,
    metric: string,
    labels: string,
  ): ScoreFigure[] {
    return this.figures.filter(
      (figure) =>
        figure.metric === metric &&
        figure.space === space &&
        figure.clustering === clustering &&
        figure.labels === labels &&
        runIds.includes(figure.runId),
    );
  }

  /** Begins with another dataset. */
  begin(): void {
    this.table = null;
    this.error = null;
    this.notes = [];
    this.shownLabels = '';
    this.chosenRuns = null;
    this.chosenLabels = null;
    this.k = null;
    // Floors have no latent: without the denoised matrix there would be nothing to compare with.
    const anyWithout = project.doneRuns.some((run) => !run.hasLatent);
    this.spaces = anyWithout ? ['latent', 'denoised', 'tsne-2d'] : ['latent', 'tsne-2d'];
  }

  /** Reads labels and table of the chosen dataset. */
  async load(): Promise<void> {
    const dataset = project.dataset;
    if (dataset === null) return;
    const uuid = project.uuid;
    const asked = ++this.#asked;
    const runIds = project.runs.filter((run) => run.datasetId === dataset.id).map((run) => run.id);
    try {
      const [labels, answer, figures] = await Promise.all([
        core.analysis.labels({ project: uuid, dataset: dataset.id }),
        core.analysis.table({ project: uuid, runIds, labels: this.shownLabels || undefined }),
        core.analysis.scores({ project: uuid, runIds }),
      ]);
      // Only the newest question counts: the dataset may have changed meanwhile.
      if (asked !== this.#asked) return;
      this.labels = labels;
      this.table = answer.table;
      this.scoredLabels = answer.labels;
      this.figures = figures;
      this.error = null;
    } catch (thrown) {
      if (asked === this.#asked) this.error = plainError(thrown);
    }
  }

  /** Starts scoring and waits for its end. Rejects with what went wrong. */
  async score(): Promise<void> {
    this.notes = [];
    const { job } = await core.analysis.score({
      project: project.uuid,
      runIds: this.runs.map((run) => run.id),
      labels: this.labelsName ?? undefined,
      spaces: [...SPACES].filter((space) => this.spaces.includes(space)),
      clusterings: [...this.clusterings],
      k: this.k,
      resolution: this.resolution ?? 1,
    });
    this.jobId = job;
    const over = await jobs.whenOver(job);
    const notes = (over.result as { notes?: string[] } | null)?.notes ?? [];
    this.notes = notes.filter((note, at) => notes.indexOf(note) === at);
  }
}
