import type { z } from 'zod';
import type { searchPlanSchema } from '../../contract/entities/search.ts';
import type { Project } from '../../projects/project.types.ts';
import { proposeTrial } from '../../search/propose-trial.ts';
import type { SearchSpec } from '../../search/search-spec.ts';
import { estimateRun } from '../estimate-run.ts';
import { objectiveTitle } from './objective-title.ts';
import { planSearch } from './plan-search.ts';

/** Trials that are looked at for the estimate; what they take stands for all. */
const N_SAMPLES = 8;

/** What a search would do and take here. @throws LacunaError as `planSearch` does */
export function estimateSearch(project: Project, request: SearchSpec): z.infer<typeof searchPlanSchema> {
  const { spec, dataset, method, notes } = planSearch(project, request);
  const { ranges, pruning, seed, set, preset, normalisation } = spec;
  const nSamples = Math.min(N_SAMPLES, spec.trials);
  let seconds = 0;
  let memoryBytes = 0;
  for (let number = 0; number < nSamples; number++) {
    const proposed = proposeTrial('random', ranges, [], seed, number);
    const cost = estimateRun(project, dataset, {
      method: method.id,
      preset,
      set: { ...set, ...proposed },
      normalisation,
    });
    seconds += cost.seconds;
    memoryBytes = Math.max(memoryBytes, cost.memoryBytes);
  }
  return {
    ranges,
    pruning,
    objective: objectiveTitle(method, spec),
    seconds: (seconds / nSamples) * spec.trials,
    memoryBytes,
    notes,
  };
}
