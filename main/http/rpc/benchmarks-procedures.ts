import { estimateBenchmark } from '../../core/benchmark/estimate-benchmark.ts';
import { benchmarkInfo, viewBenchmark } from '../../core/benchmark/view-benchmark.ts';
import { os } from './implementer.ts';

/** Benchmarks of a project. */
export const benchmarks = {
  plan: os.benchmarks.plan.handler(({ context, input }) =>
    estimateBenchmark(context.core.project(input.project), input.spec),
  ),
  start: os.benchmarks.start.handler(({ context, input }) => {
    const { study, jobs, notes } = context.core.startBenchmark(context.core.project(input.project), input.spec);
    return { benchmark: study.id, jobs: jobs.map((job) => job.id), notes };
  }),
  list: os.benchmarks.list.handler(({ context, input }) =>
    context.core.project(input.project).studies.list('benchmark').map(benchmarkInfo),
  ),
  get: os.benchmarks.get.handler(({ context, input }) =>
    viewBenchmark(context.core.project(input.project), input.benchmark),
  ),
  resume: os.benchmarks.resume.handler(({ context, input }) => ({
    jobs: context.core.resumeBenchmark(context.core.project(input.project), input.benchmark).map((job) => job.id),
  })),
  cancel: os.benchmarks.cancel.handler(({ context, input }) => {
    context.core.cancelBenchmark(context.core.project(input.project), input.benchmark);
    return {};
  }),
  remove: os.benchmarks.remove.handler(({ context, input }) => {
    const project = context.core.project(input.project);
    context.core.cancelBenchmark(project, input.benchmark);
    project.studies.remove(input.benchmark);
    return {};
  }),
};
