import { estimateSearch } from '../../core/search/estimate-search.ts';
import { savePreset } from '../../core/search/save-preset.ts';
import { requireSearch } from '../../core/search/searches.ts';
import { searchInfo, viewSearch } from '../../core/search/view-search.ts';
import { os } from './implementer.ts';

/** Searches for good settings. */
export const searches = {
  plan: os.searches.plan.handler(({ context, input }) =>
    estimateSearch(context.core.project(input.project), input.spec),
  ),
  start: os.searches.start.handler(({ context, input }) => ({
    search: context.core.searches.start(context.core.project(input.project), input.spec).id,
  })),
  list: os.searches.list.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    return project.studies
      .list('search')
      .map((study) => searchInfo(project, study, context.core.searches.isRunning(project, study.id)));
  }),
  get: os.searches.get.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    return viewSearch(project, input.search, context.core.searches.isRunning(project, input.search));
  }),
  resume: os.searches.resume.handler(({ context, input }) => {
    context.core.searches.resume(context.core.project(input.project), input.search);
    return {};
  }),
  cancel: os.searches.cancel.handler(({ context, input }) => {
    context.core.searches.cancel(context.core.project(input.project), input.search);
    return {};
  }),
  remove: os.searches.remove.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    const { runIds } = requireSearch(project.studies.get(input.search));
    context.core.searches.cancel(project, input.search);
    if (input.runs === 'remove') for (const run of runIds) context.core.removeRun(project, run);
    project.studies.remove(input.search);
    return {};
  }),
  savePreset: os.searches.savePreset.handler(({ context, input }) =>
    savePreset(context.core.project(input.project), input.search, input),
  ),
};

/** Runs that belong together. */
export const studies = {
  list: os.studies.list.handler(({ context, input }) =>
    context.core
      .project(input.project)
      .studies.list()
      .map(({ id, kind, title, createdAt, runIds }) => ({ id, kind, title, createdAt, runIds })),
  ),
};
