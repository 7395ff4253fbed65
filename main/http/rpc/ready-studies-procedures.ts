import { estimateStudy } from '../../core/studies/plan-study.ts';
import { listReadyStudies } from '../../core/studies/list-ready-studies.ts';
import { READY_STUDY } from '../../core/studies/study-runner.ts';
import { studyInfo, viewStudy } from '../../core/studies/view-study.ts';
import { os } from './implementer.ts';

/** Ready-made studies of a project. */
export const readyStudies = {
  ready: os.readyStudies.ready.handler(({ context, input }) =>
    listReadyStudies(context.core.project(input.project), input.dataset),
  ),
  plan: os.readyStudies.plan.handler(({ context, input }) =>
    estimateStudy(context.core.project(input.project), input.spec),
  ),
  start: os.readyStudies.start.handler(({ context, input }) => {
    const { study, jobs } = context.core.readyStudies.start(context.core.project(input.project), input.spec);
    return { studyId: study.id, jobs: jobs.map((job) => job.id) };
  }),
  list: os.readyStudies.list.handler(({ context, input }) =>
    context.core.project(input.project).studies.list(READY_STUDY).map(studyInfo),
  ),
  get: os.readyStudies.get.handler(({ context, input }) =>
    viewStudy(context.core.project(input.project), input.studyId),
  ),
  resume: os.readyStudies.resume.handler(({ context, input }) => ({
    jobs: context.core.readyStudies.resume(context.core.project(input.project), input.studyId).map((job) => job.id),
  })),
  cancel: os.readyStudies.cancel.handler(({ context, input }) => {
    context.core.readyStudies.cancel(context.core.project(input.project), input.studyId);
    return {};
  }),
  remove: os.readyStudies.remove.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    context.core.readyStudies.cancel(project, input.studyId);
    project.studies.remove(input.studyId);
    return {};
  }),
};
