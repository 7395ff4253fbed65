import { LacunaError } from '../../errors/lacuna-error.ts';
import { labelCandidates, labelsColumn } from '../../jobs/tasks/labels-column.ts';
import type { Project } from '../../projects/project.types.ts';

/** Obs columns that runs can be scored against. */
export interface LabelChoices {
  columns: { name: string; nGroups: number }[];
  /** What scoring takes when nobody chooses; null when no column is recognised as labels. */
  best: string | null;
}

/** The columns of a dataset with a fitting number of groups, and which of them scoring would take by itself. */
export function labelChoices(project: Project, datasetId: number): LabelChoices {
  const columns = labelCandidates(project, datasetId).map(({ name, codes }) => {
    const used = new Set(codes);
    used.delete(-1);
    return { name, nGroups: used.size };
  });
  return { columns, best: columns.length === 0 ? null : bestOf(project, datasetId) };
}

function bestOf(project: Project, datasetId: number): string | null {
  try {
    return labelsColumn(project, datasetId).name;
  } catch (thrown) {
    if (LacunaError.from(thrown).code === 'not-found') return null;
    throw thrown;
  }
}
