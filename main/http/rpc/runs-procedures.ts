import { geneTable } from '../../core/count-values/gene-table.ts';
import { methodsInProject } from '../../core/method-in-project.ts';
import { runReport } from '../../core/run-report.ts';
import { viewRun, viewRuns } from '../../core/run-view.ts';
import { explanationSchema } from '../../contract/entities/explanation.ts';
import { explainMethod } from '../../methods/explanations.ts';
import { describeMethod, methods as roster } from '../../methods/registry.ts';
import { os } from './implementer.ts';

/** Methods: what there is, and what one would cost here. */
export const methods = {
  list: os.methods.list.handler(({ context, input }) =>
    (input?.project === undefined ? roster : methodsInProject(context.core.project(input.project))).map(describeMethod),
  ),
  removePreset: os.methods.removePreset.handler(({ context, input }) => {
    context.core.project(input.project).presets.remove(input.method, input.preset);
    return {};
  }),
  explain: os.methods.explain.handler(({ input }) => explanationSchema.parse(explainMethod(input.method))),
  estimate: os.methods.estimate.handler(({ context, input }) => {
    const estimate = context.core.estimate(context.core.project(input.project), {
      datasetId: input.dataset,
      method: input.method,
      preset: input.preset,
      set: input.parameters,
    });
    return { ...estimate, totalSeconds: estimate.seconds * input.seeds };
  }),
};

/** Runs of methods. */
export const runs = {
  list: os.runs.list.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    return viewRuns(project, project.runs.list(input.dataset));
  }),
  get: os.runs.get.handler(({ context, input }) => viewRun(context.core.project(input.project), input.run)),
  history: os.runs.history.handler(({ context, input }) => context.core.project(input.project).runs.history(input.run)),
  start: os.runs.start.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    return input.seeds.map((seed) => {
      const { run, job } = context.core.startRun(project, {
        datasetId: input.dataset,
        method: input.method,
        preset: input.preset,
        set: input.parameters,
        normalisation: input.normalisation,
        name: input.name,
        seed,
      });
      return { run: run.id, job: job.id };
    });
  }),
  resume: os.runs.resume.handler(({ context, input }) => ({
    job: context.core.resumeRun(context.core.project(input.project), input.run).id,
  })),
  rename: os.runs.rename.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    project.runs.update(input.run, { name: input.name });
    return viewRun(project, input.run);
  }),
  report: os.runs.report.handler(({ context, input }) => runReport(context.core.project(input.project), input.run)),
  genes: os.runs.genes.handler(({ context, input }) =>
    geneTable(context.core.project(input.project), input.run, input),
  ),
  remove: os.runs.remove.handler(({ context, input }) => {
    context.core.removeRun(context.core.project(input.project), input.run);
    return {};
  }),
  restore: os.runs.restore.handler(({ context, input }) => {
    context.core.project(input.project).runs.restore(input.run);
    return {};
  }),
};
