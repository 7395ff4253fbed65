import { LacunaError } from '../../errors/lacuna-error.ts';
import { isOver, type JobInfo } from '../../jobs/job-info.ts';
import type { TrainResult } from '../../jobs/job-results.ts';
import type { JobSupervisor } from '../../jobs/supervisor/job-supervisor.ts';
import type { Project, RunInfo, StudyInfo, TrialInfo } from '../../projects/project.types.ts';
import { proposeTrial, type Observation } from '../../search/propose-trial.ts';
import { searchSpecSchema, type SearchRequest } from '../../search/search-spec.ts';
import type { StopRule } from '../../search/stop-rule.ts';
import { prepareRun } from '../prepare-run.ts';
import type { ScoreRequest } from '../requests.ts';
import { judgeTrial } from './judge-trial.ts';
import { planSearch, type SearchPlan } from './plan-search.ts';
import { trialName } from './trial-name.ts';
import { trialRule } from './trial-rule.ts';

/** What a search has done by the core. */
export interface SearchHost {
  jobs: Pick<JobSupervisor, 'whenOver' | 'cancel' | 'get'>;
  train(project: Project, runId: number, stopRule?: StopRule): JobInfo;
  resumeRun(project: Project, runId: number, stopRule?: StopRule): JobInfo;
  score(project: Project, request: ScoreRequest): JobInfo;
}

/** Told while a search goes on: a trial with the job that works on it, or one that is over. */
export interface SearchStep {
  trial: TrialInfo;
  job: JobInfo | null;
}

interface Running {
  project: string;
  stopped: boolean;
  jobId: string | null;
  over: Promise<void>;
  listeners: ((step: SearchStep) => void)[];
}

type Outcome = Pick<TrialInfo, 'state' | 'value' | 'reason'>;

/** Reasons that lie in the settings of a trial; anything else stops the search. */
const FAULTS_OF_SETTINGS = ['diverged', 'out-of-memory', 'bad-option', 'unsupported'];
/** A search whose first trials all fail is put wrongly. */
const MOST_FAILURES_AT_FIRST = 3;

/**
 * Searches that go on. One trial of each waits in the queue of jobs at a time, so that whatever else a person starts has its
 * turn in between. All that a search knows is in the project: after a crash or closing it goes on by `resume`.
 */
export class Searches {
  readonly #host: SearchHost;
  readonly #running = new Map<string, Running>();

  constructor(host: SearchHost) {
    this.#host = host;
  }

  /** @throws LacunaError `not-found`, `bad-option`, `unsupported` before anything is stored */
  start(project: Project, request: SearchRequest): StudyInfo {
    const { spec } = planSearch(project, searchSpecSchema.parse(request));
    const study = project.studies.create({ kind: 'search', title: spec.title, spec });
    this.#go(project, study.id);
    return study;
  }

  /** Goes on with a search that was stopped or interrupted. Does nothing to one that is going on or finished. */
  resume(project: Project, studyId: number): void {
    requireSearch(project.studies.get(studyId));
    if (!this.isRunning(project, studyId)) this.#go(project, studyId);
  }

  /** Stops a search; the trial under way keeps its checkpoint. */
  cancel(project: Project, studyId: number): void {
    const running = this.#running.get(keyOf(project, studyId));
    if (!running) return;
    running.stopped = true;
    if (running.jobId !== null) this.#host.jobs.cancel(running.jobId);
  }

  isRunning(project: Project, studyId: number): boolean {
    return this.#running.has(keyOf(project, studyId));
  }

  /**
   * Resolves when a search that goes on has ended or was stopped.
   *
   * @param onStep called with each trial as it begins, and again when it is over
   * @throws LacunaError what stopped it, unless a person did
   */
  async whenOver(project: Project, studyId: number, onStep?: (step: SearchStep) => void): Promise<void> {
    const running = this.#running.get(keyOf(project, studyId));
    if (!running) return;
    if (onStep) running.listeners.push(onStep);
    await running.over;
  }

  /** Nothing more is begun; for when a project, or with none named everything, is being closed. */
  stopAll(projectUuid?: string): void {
    for (const running of this.#running.values())
      if (projectUuid === undefined || running.project === projectUuid) running.stopped = true;
  }

  #go(project: Project, studyId: number): void {
    const key = keyOf(project, studyId);
    const running: Running = {
      project: project.info().uuid,
      stopped: false,
      jobId: null,
      over: Promise.resolve(),
      listeners: [],
    };
    this.#running.set(key, running);
    // Nobody may be waiting; who does, hears of it.
    running.over = this.#run(project, studyId, running).finally(() => this.#running.delete(key));
    running.over.catch(() => {});
  }

  async #run(project: Project, studyId: number, running: Running): Promise<void> {
    // A moment, so that who started it can listen to the first trial.
    await Promise.resolve();
    const plan = planSearch(project, searchSpecSchema.parse(project.studies.get(studyId).spec));
    for (let number = 0; number < plan.spec.trials && !running.stopped; number++) {
      const all = project.trials.list(studyId);
      const trial = all.find((one) => one.number === number) ?? this.#open(project, studyId, plan, all);
      if (trial.state !== 'open') continue;
      const outcome = await this.#carryOut(project, studyId, plan, trial, running);
      if (outcome === null) return;
      project.trials.update(studyId, number, outcome);
      const over = project.trials.list(studyId);
      this.#tell(running, { trial: over[number], job: null });
      if (over.length === MOST_FAILURES_AT_FIRST && over.every(({ state }) => state === 'failed'))
        throw new LacunaError(
          'unsupported',
          `The search was stopped: its first ${over.length} trials failed. ${outcome.reason ?? ''}`.trim(),
          'Change its ranges or its objective.',
        );
    }
  }

  /** Proposes the next trial and stores it, before it has a run. */
  #open(project: Project, studyId: number, plan: SearchPlan, earlier: readonly TrialInfo[]): TrialInfo {
    const { spec, base } = plan;
    const number = earlier.length;
    const isPreset = number === 0 && spec.startWithPreset;
    const parameters = isPreset
      ? Object.fromEntries(Object.keys(spec.ranges).map((key) => [key, base[key] as string | number | boolean]))
      : proposeTrial(
          spec.sampler,
          spec.ranges,
          earlier.map(observationOf(project, spec.objective.kind)),
          spec.seed,
          number,
        );
    project.trials.open(studyId, { number, runId: null, parameters });
    return project.trials.list(studyId)[number];
  }

  /** Trains and judges a trial; null when it was stopped before that. */
  async #carryOut(
    project: Project,
    studyId: number,
    plan: SearchPlan,
    opened: TrialInfo,
    running: Running,
  ): Promise<Outcome | null> {
    const found = project.runs.list(plan.dataset.id).find(({ id }) => id === opened.runId);
    const run = found ?? this.#prepare(project, studyId, plan, opened);
    const trial = { ...opened, runId: run.id };
    if (found?.error?.code === 'pruned') return prunedBefore(project, plan, found);
    if (run.state !== 'done') {
      const earlier = project.trials.list(studyId).filter(({ number }) => number < trial.number);
      const rule = trialRule(project, plan, earlier, trial);
      const job = await this.#finish(
        running,
        trial,
        found ? this.#host.resumeRun(project, run.id, rule) : this.#host.train(project, run.id, rule),
      );
      if (job.state === 'cancelled') return null;
      if (job.state === 'failed') return failure(job);
      const { pruned } = job.result as TrainResult;
      if (pruned) return { state: 'pruned', value: pruned.least, reason: pruned.why };
    }
    const { objective } = plan.spec;
    if (objective.kind !== 'held-out' && judgeTrial(project, plan.method, run, plan.spec) === null) {
      if (running.stopped) return null;
      const { labels, space } = objective;
      const job = await this.#finish(
        running,
        trial,
        this.#host.score(project, {
          runIds: [run.id],
          labels,
          spaces: [space],
          clusterings: ['kmeans'],
          metrics: ['ari', 'nmi'],
        }),
      );
      if (job.state === 'cancelled') return null;
      if (job.state === 'failed') return failure(job);
    }
    const value = judgeTrial(project, plan.method, project.runs.get(run.id), plan.spec);
    return value === null || !Number.isFinite(value)
      ? { state: 'failed', value: null, reason: 'The run has no figure for the objective of this search.' }
      : { state: 'done', value, reason: null };
  }

  #prepare(project: Project, studyId: number, { spec, method }: SearchPlan, trial: TrialInfo): RunInfo {
    const run = prepareRun(project, {
      datasetId: spec.dataset,
      method: spec.method,
      preset: spec.preset,
      set: { ...spec.set, ...trial.parameters },
      seed: spec.trainingSeed,
      normalisation: spec.normalisation,
      name: trialName(method, trial),
    });
    project.studies.addRun(studyId, run.id);
    project.trials.update(studyId, trial.number, { runId: run.id });
    return run;
  }

  async #finish(running: Running, trial: TrialInfo, job: JobInfo): Promise<JobInfo> {
    running.jobId = job.id;
    this.#tell(running, { trial, job });
    const over = isOver(job) ? job : await this.#host.jobs.whenOver(job.id);
    running.jobId = null;
    return over;
  }

  #tell({ listeners }: Running, step: SearchStep): void {
    for (const listener of listeners) listener(step);
  }
}

function keyOf(project: Project, studyId: number): string {
  return `${project.info().uuid} ${studyId}`;
}

/** @throws LacunaError `not-found` for a study of another kind */
export function requireSearch(study: StudyInfo): StudyInfo {
  if (study.kind === 'search') return study;
  throw new LacunaError('not-found', `Study ${study.id} is no search for settings.`, 'List the searches first.');
}

/** @throws LacunaError the job's own, where the settings are not to blame */
function failure({ error }: JobInfo): Outcome {
  if (error && !FAULTS_OF_SETTINGS.includes(error.code)) throw LacunaError.fromWire(error);
  return { state: 'failed', value: null, reason: error?.what ?? 'It failed.' };
}

/** Closed in the moment between the run's last word and the trial's. */
function prunedBefore(project: Project, { method }: SearchPlan, run: RunInfo): Outcome {
  const losses = project.runs.history(run.id).map(({ heldOut }) => heldOut?.[method.heldOut?.term ?? ''] ?? Infinity);
  return { state: 'pruned', value: Math.min(...losses), reason: run.error?.what ?? null };
}

function observationOf(project: Project, objective: string): (trial: TrialInfo) => Observation {
  return ({ parameters, state, value, runId }) => {
    // Agreement with groups is to be large, a loss small.
    if (state === 'done' && value !== null)
      return { parameters, outcome: { kind: 'done', loss: objective === 'held-out' ? value : -value } };
    if (state === 'pruned' && value !== null) {
      const epoch = runId === null ? 0 : project.runs.history(runId).length;
      return { parameters, outcome: { kind: 'pruned', epoch, loss: value } };
    }
    return { parameters, outcome: { kind: 'failed' } };
  };
}
