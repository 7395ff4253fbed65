import { BATCH_NAMES } from '../../contract/words/batch-names.ts';
import { labelCandidates } from '../../jobs/tasks/labels-column.ts';
import type { Project } from '../../projects/project.types.ts';
import type { LabelChoices } from './label-choices.ts';

/** The obs columns with groups, and the likeliest to say from which batch each observation is; null where none is. */
export function batchChoices(project: Project, datasetId: number): LabelChoices {
  const columns = labelCandidates(project, datasetId).map(({ name, codes }) => {
    const used = new Set(codes);
    used.delete(-1);
    return { name, nGroups: used.size };
  });
  for (const pattern of BATCH_NAMES) {
    const found = columns.find(({ name }) => pattern.test(name));
    if (found) return { columns, best: found.name };
  }
  return { columns, best: null };
}
