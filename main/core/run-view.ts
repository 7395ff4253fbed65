import { isDeepStrictEqual } from 'node:util';
import type { CountValues } from '../contract/entities/count-values.ts';
import { filterSchema } from '../preprocess/recipe.ts';
import { protocolOf } from '../protocols/protocol.ts';
import type { Project, RunInfo } from '../projects/project.types.ts';
import { availableCountValues } from './count-values/available-values.ts';

/** A run as lists show it. */
export interface RunView extends RunInfo {
  /** True when the dataset is filtered differently now than when the run was started. */
  outdated: boolean;
  /** What a count model says of a gene besides its denoised values; empty for other runs. */
  countValues: CountValues[];
}

/** Runs with what has happened around them since; recipes are read once a dataset. */
export function viewRuns(project: Project, runs: readonly RunInfo[]): RunView[] {
  const filters = new Map<number, unknown>();
  return runs.map((stored) => {
    const run = { ...stored, countValues: stored.state === 'done' ? availableCountValues(project, stored.id) : [] };
    if (!filters.has(run.datasetId)) filters.set(run.datasetId, project.recipes.current(run.datasetId).recipe.filter);
    // A run of a benchmark has the benchmark's recipe, whatever is done to the dataset.
    if (protocolOf(run.protocol).kind !== 'clustering') return { ...run, outdated: false };
    // Parsed again, so that a limit that came with a later version counts as not set in an earlier run.
    const then = filterSchema.safeParse(run.recipe.filter);
    return { ...run, outdated: !then.success || !isDeepStrictEqual(then.data, filters.get(run.datasetId)) };
  });
}

export function viewRun(project: Project, runId: number): RunView {
  return viewRuns(project, [project.runs.get(runId)])[0];
}
