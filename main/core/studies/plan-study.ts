import type { z } from 'zod';
import type { studyPlanSchema, StudySpec } from '../../contract/entities/study.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { labelsColumn } from '../../jobs/tasks/labels-column.ts';
import { getMethod, getPreset } from '../../methods/registry.ts';
import type { DatasetInfo, Project } from '../../projects/project.types.ts';
import { estimateRun } from '../estimate-run.ts';
import type { RunRequest } from '../requests.ts';
import { getReadyStudy } from './ready-studies.ts';
import type { ReadyStudy } from './ready-study.ts';

/** What a study would run. */
export interface StudyPlan {
  study: ReadyStudy;
  dataset: DatasetInfo;
  /** The obs column that is compared with. */
  labels: string;
  runs: (RunRequest & { datasetId: number })[];
}

/**
 * Every run of a study: seeds outermost, so that a first complete table is there early.
 *
 * @throws LacunaError `not-found`, `bad-option`, `unsupported` when the dataset will not do or a choice is unknown
 */
export function planStudy(project: Project, spec: StudySpec): StudyPlan {
  const study = getReadyStudy(spec.study);
  const dataset = project.datasets.get(spec.dataset);
  const reason = study.refuses(dataset);
  if (reason !== null)
    throw new LacunaError(
      'unsupported',
      `"${study.title}" cannot be run on ${dataset.name}: ${reason}`,
      'Choose another dataset.',
    );
  checkChoices(study, spec);
  const labels = labelsColumn(project, dataset.id, spec.labels ?? undefined).name;
  const planned = study.runs(spec);
  const runs = spec.seeds.flatMap((seed) =>
    planned.map(({ name, request }) => {
      const method = getMethod(request.method);
      const preset = getPreset(method, request.preset);
      return {
        ...request,
        datasetId: dataset.id,
        normalisation: request.normalisation ?? preset.normalisation,
        seed,
        name: `${name} · seed ${seed}`,
      };
    }),
  );
  return { study, dataset, labels, runs };
}

/** What a study would take here. @throws LacunaError as `planStudy` does */
export function estimateStudy(project: Project, spec: StudySpec): z.infer<typeof studyPlanSchema> {
  const { dataset, labels, runs } = planStudy(project, spec);
  let seconds = 0;
  let memoryBytes = 0;
  const notes = new Set<string>();
  for (const run of runs) {
    const cost = estimateRun(project, dataset, run);
    seconds += cost.seconds;
    memoryBytes = Math.max(memoryBytes, cost.memoryBytes);
    for (const warning of cost.warnings) notes.add(warning);
  }
  return { nRuns: runs.length, seconds, memoryBytes, labels, notes: [...notes] };
}

/** @throws LacunaError `bad-option` naming what there is */
function checkChoices({ choices }: ReadyStudy, spec: StudySpec): void {
  for (const [id, wanted] of Object.entries(spec.choices)) {
    const choice = choices.find((candidate) => candidate.id === id);
    if (!choice)
      throw new LacunaError(
        'bad-option',
        `This study has no choice '${id}'.`,
        `It has: ${choices.map((candidate) => candidate.id).join(', ')}.`,
      );
    const known = choice.values.map((value) => value.id);
    const unknown = wanted.find((value) => !known.includes(value));
    if (unknown !== undefined)
      throw new LacunaError('bad-option', `'${unknown}' is not one of ${id}.`, `Known: ${known.join(', ')}.`);
  }
}
