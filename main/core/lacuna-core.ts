import { resolve } from 'node:path';
import { LacunaError } from '../errors/lacuna-error.ts';
import type { LongTask, Progress } from '../dataset/progress.ts';
import type { ImportOptions, Inspection } from '../formats/format-reader.ts';
import { inspectPath } from '../formats/registry.ts';
import { isOver } from '../jobs/job-info.ts';
import type { JobInfo } from '../jobs/job-info.ts';
import { JobSupervisor } from '../jobs/supervisor/job-supervisor.ts';
import { childProcessLauncher } from '../jobs/worker/child-process-launcher.ts';
import type { EngineWish } from '../jobs/worker/worker-messages.ts';
import type { WorkerLauncher } from '../jobs/worker/worker-launcher.ts';
import type { Project } from '../projects/project.types.ts';
import { benchmarkSpecSchema, type BenchmarkRequest } from '../protocols/benchmark-spec.ts';
import type { StopRule } from '../search/stop-rule.ts';
import { planBenchmark } from './benchmark/plan-benchmark.ts';
import { chooseDataset, chooseRun } from './choose.ts';
import { Searches } from './search/searches.ts';
import { estimateRun } from './estimate-run.ts';
import { OpenProjects } from './open-projects.ts';
import { prepareRun } from './prepare-run.ts';
import { finishedRuns } from './scores/finished-runs.ts';
import type {
  BatchRequest,
  ClusterRequest,
  EmbedRequest,
  EvaluateRequest,
  ExportRequestInput,
  ImportRequest,
  MarkersRequest,
  RunEstimate,
  RunRequest,
  ScoreRequest,
  SuperResolveRequest,
  StartedBenchmark,
  StartedRun,
} from './requests.ts';
import { runAfterJob } from './run-after-job.ts';
import { StudyRunner } from './studies/study-runner.ts';

export interface CoreOptions {
  launcher?: WorkerLauncher;
  /** Trainings at the same time; default 1. */
  concurrency?: number;
  /** Keep a started process waiting for the next job; for programs that stay open. */
  keepSpare?: boolean;
  graceSeconds?: number;
  checkpointSeconds?: number;
  /** What a job that starts now shall compute on; asked anew for every job. Left out: whatever there is. */
  engine?: () => EngineWish;
}

/**
 * The application without a face: what the terminal program, the window and the browser host have in common. Quick
 * things answer at once; long ones answer with a job, to be followed by `waitFor` or `jobs.events`.
 */
export class LacunaCore {
  readonly jobs: JobSupervisor;
  /** Ready-made studies. */
  readonly readyStudies = new StudyRunner(this);
  /** Searches for good settings: one run after the other. */
  readonly searches: Searches;
  readonly #projects: OpenProjects;

  constructor(options: CoreOptions = {}) {
    this.jobs = new JobSupervisor({
      launcher: options.launcher ?? childProcessLauncher(),
      concurrency: options.concurrency,
      keepSpare: options.keepSpare,
      graceSeconds: options.graceSeconds,
      checkpointSeconds: options.checkpointSeconds,
      engine: options.engine,
      onOver: ({ job, spec, target, stopReason }) => {
        const project = this.#projects.find(target.uuid);
        if (project) runAfterJob(project, job, spec, stopReason);
        if (spec.kind === 'import' && job.state === 'done') this.#projects.keep(target.uuid);
      },
    });
    this.#projects = new OpenProjects((uuid, runId) => this.jobs.isWorkingOn(uuid, runId));
    this.searches = new Searches({
      jobs: this.jobs,
      train: (project, runId, stopRule) => this.#train(project, runId, stopRule),
      resumeRun: (project, runId, stopRule) => this.resumeRun(project, runId, stopRule),
      score: (project, request) => this.score(project, request),
    });
  }

  /**
   * @param options.provisional made for an import: when it is closed before one has brought anything in, its file goes
   * @throws LacunaError `bad-request` when something is at the path already, `not-found`, `no-access`
   */
  createProject(path: string, title?: string, options: { provisional?: boolean } = {}): Project {
    return this.#projects.create(resolve(path), title, options.provisional);
  }

  /**
   * Opens a project, or gives the one that is open already. Runs that nobody works on any more become `interrupted`.
   *
   * @throws LacunaError `not-found`, `not-a-project`, `project-too-new`, `project-damaged`
   */
  openProject(path: string): Project {
    return this.#projects.open(resolve(path));
  }

  /** Open projects, in the order they were opened. */
  openProjects(): Project[] {
    return this.#projects.list();
  }

  /** The open project of that uuid. @throws LacunaError `not-found` */
  project(uuid: string): Project {
    return this.#projects.get(uuid);
  }

  /** Stops the project's jobs, waits for them, and closes it to a single file. */
  async closeProject(uuid: string): Promise<void> {
    this.searches.stopAll(uuid);
    const open = this.jobs.list().filter((job) => job.project === uuid && !isOver(job));
    for (const job of open) this.jobs.cancel(job.id, 'closing');
    await Promise.all(open.map((job) => this.jobs.whenOver(job.id)));
    this.#projects.close(uuid);
  }

  /** What is in a file or folder; nothing is stored. */
  inspect(path: string, request: { format?: string; options?: ImportOptions } & LongTask = {}): Promise<Inspection> {
    const { format, options, ...task } = request;
    return inspectPath(resolve(path), { format, options }, task);
  }

  /** Brings files into a project. Result: `ImportResult`. */
  importInto(project: Project, request: ImportRequest): JobInfo {
    return this.#submit(project, {
      ...request,
      kind: 'import',
      paths: request.paths.map((path) => resolve(path)),
      labelsPath: request.labelsPath && resolve(request.labelsPath),
      proteinPath: request.proteinPath && resolve(request.proteinPath),
    });
  }

  /** Memory and time that a training would take here, and whether the method can serve the dataset. */
  estimate(project: Project, request: RunRequest): RunEstimate {
    return estimateRun(project, chooseDataset(project, request.datasetId), request);
  }

  /**
   * Stores a run and queues its training. Result: `TrainResult`.
   *
   * @throws LacunaError `not-found`, `bad-option`, `unsupported` before anything is stored
   */
  startRun(project: Project, request: RunRequest): StartedRun {
    const run = prepareRun(project, request);
    return { run, job: this.#train(project, run.id) };
  }

  /**
   * Goes on with a run that was cancelled, interrupted or failed, from its last checkpoint; without one, from the start.
   *
   * @param stopRule of the search that the run belongs to
   * @throws LacunaError `bad-request` when it is done or working already
   */
  resumeRun(project: Project, runId: number, stopRule?: StopRule): JobInfo {
    const run = project.runs.get(runId);
    if (run.state === 'done')
      throw new LacunaError(
        'bad-request',
        `Run ${runId} is finished; there is nothing to go on with.`,
        'Start a new run for other settings or seeds.',
      );
    if (this.jobs.isWorkingOn(project.info().uuid, runId))
      throw new LacunaError('bad-request', `Run ${runId} is waiting or training already.`, '');
    project.runs.update(runId, { state: 'queued', error: null, finishedAt: null });
    return this.#train(project, runId, stopRule);
  }

  /** Takes a run away, and stops the job that works on it. `project.runs.restore` brings it back. */
  removeRun(project: Project, runId: number): void {
    project.runs.remove(runId);
    const { uuid } = project.info();
    for (const job of this.jobs.list()) {
      if (job.project === uuid && job.runId === runId && !isOver(job)) this.jobs.cancel(job.id);
    }
  }

  /** Takes a dataset away with its runs, and stops the jobs that work on them. */
  removeDataset(project: Project, datasetId: number): void {
    const runs = project.runs.list(datasetId);
    project.datasets.remove(datasetId);
    const { uuid } = project.info();
    for (const job of this.jobs.list()) {
      if (job.project === uuid && runs.some((run) => run.id === job.runId) && !isOver(job)) this.jobs.cancel(job.id);
    }
  }

  /** Pictures a space in 2-D or 3-D. Result: `EmbedResult`. */
  embed(project: Project, request: EmbedRequest): JobInfo {
    return this.#submit(project, { ...request, kind: 'embed' });
  }

  /** Predicts a gene between the spots. Result: `SuperResolveResult`; the values are read with `finerGene`. */
  superResolve(project: Project, request: SuperResolveRequest): JobInfo {
    return this.#submit(project, { ...request, kind: 'super-resolve' });
  }

  /** Finds the genes that tell groups of observations apart. Result: `MarkersResult`. */
  findMarkers(project: Project, request: MarkersRequest): JobInfo {
    return this.#submit(project, {
      ...request,
      kind: 'markers',
      datasetId: chooseDataset(project, request.datasetId).id,
    });
  }

  /** Groups the observations of a run. Result: `ClusterResult`. */
  cluster(project: Project, request: ClusterRequest): JobInfo {
    return this.#submit(project, { ...request, kind: 'cluster' });
  }

  /** Scores runs against labels; without runs, every finished one. Result: `ScoreResult`. */
  score(project: Project, request: ScoreRequest = {}): JobInfo {
    return this.#submit(project, { ...request, kind: 'score', runIds: finishedRuns(project, request.runIds) });
  }

  /** Judges how well runs mix the batches of their dataset; without runs, every finished one. Result: `ScoreResult`. */
  checkBatches(project: Project, request: BatchRequest): JobInfo {
    const runIds = finishedRuns(project, request.runIds, request.batch);
    return this.#submit(project, { ...request, kind: 'batches', runIds });
  }

  /** Compares what runs predicted with what was held out. Result: `ScoreResult`. */
  evaluate(project: Project, request: EvaluateRequest): JobInfo {
    return this.#submit(project, { ...request, kind: 'evaluate' });
  }

  /**
   * Stores every run of a benchmark and queues its training, each followed by its scoring.
   *
   * @throws LacunaError `not-found`, `bad-option` before anything is stored
   */
  startBenchmark(project: Project, request: BenchmarkRequest): StartedBenchmark {
    const spec = benchmarkSpecSchema.parse(request);
    const { runs, notes } = planBenchmark(project, spec);
    const study = project.studies.create({ kind: 'benchmark', title: spec.title, spec });
    const jobs: JobInfo[] = [];
    for (const { labels, ...planned } of runs) {
      const run = prepareRun(project, planned);
      project.studies.addRun(study.id, run.id);
      jobs.push(this.#train(project, run.id), this.evaluate(project, { runIds: [run.id], labels }));
    }
    return { study: project.studies.get(study.id), jobs, notes };
  }

  /** Goes on with a benchmark that was stopped: trains what is not finished, scores what has no scores. */
  resumeBenchmark(project: Project, studyId: number): JobInfo[] {
    const study = project.studies.get(studyId);
    const spec = benchmarkSpecSchema.parse(study.spec);
    const { uuid } = project.info();
    const jobs: JobInfo[] = [];
    for (const runId of study.runIds) {
      const run = project.runs.get(runId);
      const isOpen = this.jobs.list().some((job) => job.project === uuid && job.runId === runId && !isOver(job));
      if (isOpen) continue;
      if (run.state !== 'done') jobs.push(this.resumeRun(project, runId));
      else if (project.scores.list({ runIds: [runId] }).length > 0) continue;
      const labels = spec.datasets.find(({ dataset }) => dataset === run.datasetId)?.labels;
      jobs.push(this.evaluate(project, { runIds: [runId], labels }));
    }
    return jobs;
  }

  /** Stops what a benchmark still has to do; what is finished stays. */
  cancelBenchmark(project: Project, studyId: number): void {
    const { uuid } = project.info();
    const runIds = new Set(project.studies.get(studyId).runIds);
    for (const job of this.jobs.list().toReversed())
      if (job.project === uuid && job.runId !== null && runIds.has(job.runId) && !isOver(job)) this.jobs.cancel(job.id);
  }

  /** Writes a result to files. Result: `ExportResult`. */
  export(project: Project, request: ExportRequestInput): JobInfo {
    const forAll =
      request.what === 'scores' ||
      request.what === 'compressed' ||
      (request.what === 'figure' && request.figure === 'scores') ||
      (request.what === 'report' && (request.format === 'html' || /\.html?$/i.test(request.out)));
    const runId = request.runId ?? (forAll ? null : chooseRun(project).id);
    return this.#submit(project, { ...request, kind: 'export', runId, out: resolve(request.out) });
  }

  /**
   * Resolves with the job when it is done.
   *
   * @param onProgress called with the newest progress as it comes
   * @throws LacunaError the job's own error when it failed or was cancelled
   */
  async waitFor(jobId: string, onProgress?: (progress: Progress, job: JobInfo) => void): Promise<JobInfo> {
    if (onProgress) {
      for await (const { job } of this.jobs.events()) {
        if (job.id !== jobId) continue;
        if (isOver(job)) break;
        if (job.progress) onProgress(job.progress, job);
      }
    }
    const job = await this.jobs.whenOver(jobId);
    if (job.error) throw LacunaError.fromWire(job.error);
    return job;
  }

  cancel(jobId: string): void {
    this.jobs.cancel(jobId);
  }

  /** Ends every worker and closes every project to a single file. */
  async close(): Promise<void> {
    this.searches.stopAll();
    await this.jobs.close();
    for (const project of this.openProjects()) this.#projects.close(project.info().uuid);
  }

  #train(project: Project, runId: number, stopRule?: StopRule): JobInfo {
    return this.#submit(project, { kind: 'train', runId, stopRule }, `Training ${project.runs.get(runId).name}`);
  }

  #submit(project: Project, request: Parameters<JobSupervisor['submit']>[1], title?: string): JobInfo {
    return this.jobs.submit({ uuid: project.info().uuid, path: project.path }, request, title);
  }
}
