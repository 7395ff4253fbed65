import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Preset } from '../../methods/method.ts';
import type { Project } from '../../projects/project.types.ts';
import { searchSpecSchema } from '../../search/search-spec.ts';
import { objectiveTitle } from './objective-title.ts';
import { planSearch } from './plan-search.ts';
import { requireSearch } from './searches.ts';
import { viewSearch } from './view-search.ts';

/**
 * Keeps the settings of a trial (left out: the best) as a preset of the project; Learn and the terminal offer it beside those
 * of the method.
 *
 * @throws LacunaError `not-found` when there is no such trial, or none is finished
 */
export function savePreset(
  project: Project,
  studyId: number,
  { title, trial: wanted }: { title: string; trial?: number },
): Preset {
  const study = requireSearch(project.studies.get(studyId));
  const plan = planSearch(project, searchSpecSchema.parse(study.spec));
  const { trials, best } = viewSearch(project, studyId, false);
  const trial = trials.find(({ number }) => number === (wanted ?? best));
  if (trial === undefined)
    throw new LacunaError(
      'not-found',
      wanted === undefined ? 'No trial of this search is finished yet.' : `This search has no trial ${wanted + 1}.`,
      'Wait for the first one.',
    );
  const { method, spec, base } = plan;
  const judged =
    trial.value === null ? '' : `, ${objectiveTitle(method, spec).toLowerCase()} ${Number(trial.value.toPrecision(4))}`;
  const preset: Preset = {
    id: freeId(title, new Set(method.presets.map(({ id }) => id))),
    title,
    description: `Trial ${trial.number + 1} of ${trials.length} of the search “${study.title}” on ${plan.dataset.name}${judged}.`,
    normalisation: spec.normalisation ?? method.presets.find(({ id }) => id === spec.preset)!.normalisation,
    parameters: { ...base, ...trial.parameters },
    saved: true,
  };
  project.presets.put(method.id, preset);
  return preset;
}

/** 'Best of liver' → 'best-of-liver', with a number behind where that is taken. */
function freeId(title: string, taken: ReadonlySet<string>): string {
  const plain = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  const id = plain === '' ? 'preset' : plain;
  let free = id;
  for (let n = 2; taken.has(free); n++) free = `${id}-${n}`;
  return free;
}
