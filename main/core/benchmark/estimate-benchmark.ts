import type { z } from 'zod';
import type { benchmarkPlanSchema } from '../../contract/entities/benchmark.ts';
import type { Project } from '../../projects/project.types.ts';
import type { BenchmarkSpec } from '../../protocols/benchmark-spec.ts';
import { estimateRun } from '../estimate-run.ts';
import { planBenchmark } from './plan-benchmark.ts';

/** What a benchmark would take here. @throws LacunaError as `planBenchmark` does */
export function estimateBenchmark(project: Project, spec: BenchmarkSpec): z.infer<typeof benchmarkPlanSchema> {
  const { runs, notes } = planBenchmark(project, spec);
  let seconds = 0;
  let memoryBytes = 0;
  // Runs that differ only in the seed cost the same.
  const known = new Map<string, { seconds: number; memoryBytes: number }>();
  for (const run of runs) {
    const key = JSON.stringify([run.datasetId, run.method, run.preset, run.set]);
    const cost =
      known.get(key) ??
      estimateRun(project, project.datasets.get(run.datasetId), { ...run, normalisation: run.recipe?.normalisation });
    known.set(key, cost);
    seconds += cost.seconds;
    memoryBytes = Math.max(memoryBytes, cost.memoryBytes);
  }
  return { nRuns: runs.length, seconds, memoryBytes, notes };
}
