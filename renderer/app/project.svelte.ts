import type { z } from 'zod';
import type { datasetInfoSchema } from '../../main/contract/entities/dataset.ts';
import type { projectInfoSchema } from '../../main/contract/entities/project.ts';
import type { runInfoSchema } from '../../main/contract/entities/run.ts';
import type { studyInfoSchema } from '../../main/contract/entities/search.ts';
import { core } from '../rpc/client.ts';
import { jobs } from './jobs.svelte.ts';
import { navigation, type Place } from './navigation.svelte.ts';
import { notices } from './notices.svelte.ts';
import { undoStack } from './undo.svelte.ts';

export type ProjectInfo = z.infer<typeof projectInfoSchema>;
export type DatasetInfo = z.infer<typeof datasetInfoSchema>;
export type RunInfo = z.infer<typeof runInfoSchema>;
export type StudyInfo = z.infer<typeof studyInfoSchema>;

/** The open project: its datasets and runs, and which of them the screens are about. */
class OpenProject {
  info = $state.raw<ProjectInfo | null>(null);
  datasets = $state.raw<DatasetInfo[]>([]);
  runs = $state.raw<RunInfo[]>([]);
  /** Benchmarks, searches and other runs that belong together. */
  studies = $state.raw<StudyInfo[]>([]);
  datasetId = $state<number | null>(null);
  runId = $state<number | null>(null);

  readonly dataset = $derived(
    this.datasets.find((dataset) => dataset.id === this.datasetId) ?? this.datasets.at(-1) ?? null,
  );
  readonly run = $derived(this.runs.find((run) => run.id === this.runId) ?? null);
  /** Runs of the chosen dataset. */
  readonly datasetRuns = $derived(this.runs.filter((run) => run.datasetId === this.dataset?.id));
  readonly doneRuns = $derived(this.datasetRuns.filter((run) => run.state === 'done'));

  constructor() {
    // A job that is over has changed the project; a training that begins has changed its run.
    jobs.onChange((job) => {
      if (job.project === this.info?.uuid && (job.state !== 'queued' || job.kind === 'train')) this.#refreshSoon();
    });
  }

  /** The project that was made for an import. */
  #provisional: string | null = null;

  /** True while the project is only there for an import that has not brought anything in: closing it removes its file. */
  get isProvisional(): boolean {
    return this.info !== null && this.info.uuid === this.#provisional && this.datasets.length === 0;
  }

  /** The uuid for procedures. Only for places that exist while a project is open. */
  get uuid(): string {
    if (this.info === null) throw new Error('No project is open.');
    return this.info.uuid;
  }

  /** Makes a project for an import. */
  async create(path: string, title?: string): Promise<void> {
    const info = await core.projects.create({ path, title, provisional: true });
    this.#enter(info);
    this.#provisional = info.uuid;
    await this.refresh();
    navigation.go('import');
  }

  async open(path: string): Promise<void> {
    this.#enter(await core.projects.open({ path }));
    await this.refresh();
    navigation.go(this.#bestPlace());
  }

  /** Takes up the project that the core has open: after the page was loaded again, or when it was named at the start. */
  async takeUp(): Promise<void> {
    const opened = await core.projects.opened();
    const newest = opened.at(-1);
    if (newest === undefined || this.info !== null) return;
    this.#enter(newest);
    await this.refresh();
    navigation.go(this.#bestPlace());
  }

  async close(): Promise<void> {
    if (this.info === null) return;
    await core.projects.close({ project: this.info.uuid });
    this.info = null;
    this.datasets = [];
    this.runs = [];
    this.studies = [];
    this.datasetId = null;
    this.runId = null;
    undoStack.clear();
    navigation.go('start');
  }

  async refresh(): Promise<void> {
    if (this.info === null) return;
    const project = this.info.uuid;
    const [info, datasets, runs, studies] = await Promise.all([
      core.projects.info({ project }),
      core.datasets.list({ project }),
      core.runs.list({ project }),
      core.studies.list({ project }),
    ]);
    if (this.info?.uuid !== project) return;
    this.info = info;
    this.datasets = datasets;
    this.runs = runs;
    this.studies = studies;
    if (this.runId !== null && !runs.some((run) => run.id === this.runId)) this.runId = null;
  }

  selectDataset(id: number): void {
    this.datasetId = id;
    if (this.run?.datasetId !== id) this.runId = null;
  }

  selectRun(run: RunInfo): void {
    this.datasetId = run.datasetId;
    this.runId = run.id;
  }

  #enter(info: ProjectInfo): void {
    // Nobody comes back to one that holds nothing.
    if (this.info !== null && this.isProvisional && this.info.uuid !== info.uuid)
      core.projects.close({ project: this.info.uuid }).catch((thrown: unknown) => notices.error(thrown));
    this.info = info;
    this.datasets = [];
    this.runs = [];
    this.studies = [];
    this.datasetId = null;
    this.runId = null;
    undoStack.clear();
  }

  #bestPlace(): Place {
    return this.datasets.length === 0 ? 'import' : this.doneRuns.length > 0 ? 'explore' : 'quality';
  }

  #timer: ReturnType<typeof setTimeout> | null = null;

  /** Progress comes ten times a second; the lists need not. */
  #refreshSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.refresh().catch((thrown: unknown) => notices.error(thrown));
    }, 250);
  }
}

export const project = new OpenProject();
