import type { CountValues } from '../../contract/entities/count-values.ts';
import type { Project } from '../../projects/project.types.ts';

/** What a finished run says of a gene besides its denoised values; from the names of its arrays alone. */
export function availableCountValues(project: Project, runId: number): CountValues[] {
  const names = new Set(project.runs.extraNames(runId));
  if (!names.has('usedSize')) return [];
  const values: CountValues[] = ['rate'];
  if (names.has('dropoutBias')) values.push('dropout', 'dropout-posterior');
  if (names.has('dispersionBias') || names.has('overdispersionBias')) values.push('dispersion');
  if (names.has('correctedScale')) values.push('corrected');
  return values;
}
