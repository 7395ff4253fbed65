import { z } from 'zod';
import { benchmarkSpecSchema } from '../../protocols/benchmark-spec.ts';
import { benchmarkInfoSchema, benchmarkPlanSchema, benchmarkSchema } from '../entities/benchmark.ts';
import { inProject, nothing, procedure } from './base.ts';

const inBenchmark = inProject.extend({ benchmark: z.number() });
const requested = inProject.extend({ spec: benchmarkSpecSchema });

/** Methods × datasets × protocols × seeds, trained and scored in a queue. */
export const benchmarks = {
  /** Nothing is stored. */
  plan: procedure.input(requested).output(benchmarkPlanSchema),
  start: procedure
    .input(requested)
    .output(z.object({ benchmark: z.number(), jobs: z.array(z.string()), notes: z.array(z.string()) })),
  list: procedure.input(inProject).output(z.array(benchmarkInfoSchema)),
  get: procedure.input(inBenchmark).output(benchmarkSchema),
  /** Trains what is not finished, scores what has no scores. */
  resume: procedure.input(inBenchmark).output(z.object({ jobs: z.array(z.string()) })),
  /** Stops what is left to do; what is finished stays. */
  cancel: procedure.input(inBenchmark).output(nothing),
  /** Its runs stay. */
  remove: procedure.input(inBenchmark).output(nothing),
};
