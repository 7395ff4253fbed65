import { studySpecSchema, type StudyRequest, type StudySpec } from '../../contract/entities/study.ts';
import { isOver, type JobInfo } from '../../jobs/job-info.ts';
import type { Project, StudyInfo } from '../../projects/project.types.ts';
import type { LacunaCore } from '../lacuna-core.ts';
import { planStudy } from './plan-study.ts';
import { getReadyStudy } from './ready-studies.ts';

/** The kind of these among the studies of a project; benchmarks and searches have kinds of their own. */
export const READY_STUDY = 'ready';

/** A study that was stored, and the jobs that train and score it, in the order in which they will run. */
export interface StartedStudy {
  study: StudyInfo;
  jobs: JobInfo[];
}

/** Starts, resumes and stops ready-made studies; each run is trained, then pictured and scored. */
export class StudyRunner {
  readonly #core: Pick<LacunaCore, 'startRun' | 'resumeRun' | 'score' | 'jobs'>;

  constructor(core: Pick<LacunaCore, 'startRun' | 'resumeRun' | 'score' | 'jobs'>) {
    this.#core = core;
  }

  /** @throws LacunaError `not-found`, `bad-option`, `unsupported` before anything is stored */
  start(project: Project, request: StudyRequest): StartedStudy {
    const spec = studySpecSchema.parse(request);
    const { study, dataset, labels, runs } = planStudy(project, spec);
    const fixed: StudySpec = { ...spec, labels };
    const { id } = project.studies.create({ kind: READY_STUDY, title: `${study.title}: ${dataset.name}`, spec: fixed });
    const jobs: JobInfo[] = [];
    for (const planned of runs) {
      const { run, job } = this.#core.startRun(project, planned);
      project.studies.addRun(id, run.id);
      jobs.push(job);
      if (fixed.scored) jobs.push(this.#score(project, fixed, run.id));
    }
    return { study: project.studies.get(id), jobs };
  }

  /**
   * Goes on with a study that was stopped: trains what is not finished, pictures and scores what has no scores. What broke
   * down by its own settings is left alone: it would break down again.
   */
  resume(project: Project, studyId: number): JobInfo[] {
    const study = project.studies.get(studyId);
    const spec = studySpecSchema.parse(study.spec);
    const { uuid } = project.info();
    const jobs: JobInfo[] = [];
    for (const runId of study.runIds) {
      const run = project.runs.get(runId);
      const isOpen = this.#core.jobs.list().some((job) => job.project === uuid && job.runId === runId && !isOver(job));
      if (isOpen || (run.state === 'failed' && run.error?.code === 'diverged')) continue;
      if (run.state !== 'done') jobs.push(this.#core.resumeRun(project, runId));
      else if (isScored(project, spec, runId)) continue;
      if (spec.scored) jobs.push(this.#score(project, spec, runId));
    }
    return jobs;
  }

  /** Stops what a study still has to do; what is finished stays. */
  cancel(project: Project, studyId: number): void {
    const { uuid } = project.info();
    const runIds = new Set(project.studies.get(studyId).runIds);
    for (const job of this.#core.jobs.list().toReversed())
      if (job.project === uuid && job.runId !== null && runIds.has(job.runId) && !isOver(job))
        this.#core.jobs.cancel(job.id);
  }

  #score(project: Project, spec: StudySpec, runId: number): JobInfo {
    const { scoring } = getReadyStudy(spec.study);
    return this.#core.score(project, {
      ...scoring,
      runIds: [runId],
      labels: spec.labels ?? undefined,
      skipUnfinished: true,
    });
  }
}

function isScored(project: Project, spec: StudySpec, runId: number): boolean {
  if (!spec.scored) return true;
  const rows = project.scores.list({ runIds: [runId] }).filter(({ labels }) => labels === spec.labels);
  return getReadyStudy(spec.study).scoring.spaces.every((space) => rows.some((row) => row.space === space));
}
