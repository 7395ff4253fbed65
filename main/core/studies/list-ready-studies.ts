import type { z } from 'zod';
import type { readyStudySchema } from '../../contract/entities/study.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { labelsColumn } from '../../jobs/tasks/labels-column.ts';
import type { Citation } from '../../methods/method.ts';
import type { DatasetInfo, Project } from '../../projects/project.types.ts';
import { readyStudies } from './ready-studies.ts';
import type { ReadyStudy } from './ready-study.ts';

/** Every ready-made study, with whether a dataset will do for it; left out: the newest. */
export function listReadyStudies(project: Project, datasetId?: number): z.infer<typeof readyStudySchema>[] {
  const dataset = datasetId === undefined ? project.datasets.list().at(-1) : project.datasets.get(datasetId);
  return readyStudies.map((study) => {
    const reason = dataset ? refusal(project, study, dataset) : 'There is no dataset yet.';
    const { id, title, description, epochs } = study;
    return {
      id,
      title,
      description,
      paper: citationText(study.paper),
      needs: [...study.needs],
      choices: study.choices.map((choice) => ({ ...choice, values: [...choice.values] })),
      epochs,
      supported: reason === null,
      reason,
    };
  });
}

function refusal(project: Project, study: ReadyStudy, dataset: DatasetInfo): string | null {
  const reason = study.refuses(dataset);
  if (reason !== null) return reason;
  try {
    labelsColumn(project, dataset.id);
    return null;
  } catch (thrown) {
    const error = LacunaError.from(thrown);
    return [error.message, error.remedy].filter(Boolean).join(' ');
  }
}

function citationText({ title, authors, year, venue }: Citation): string {
  return `${authors}: ${title}. ${venue}, ${year}.`;
}
