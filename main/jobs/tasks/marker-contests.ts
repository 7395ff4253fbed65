import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Project, RunInfo } from '../../projects/project.types.ts';
import type { MarkersSpec } from '../job-spec.ts';
import { sourceGroups, type SourceGroups } from './source-groups.ts';

/** One group whose markers are looked for, and whom it meets. */
export interface MarkerContest {
  source: string;
  group: string;
  /** Null: every other group, one by one. */
  against: string | null;
  /** [nObs of the dataset], -1 for who takes no part; contests with one array are worked out together. */
  codes: Int32Array;
  /** Code of the group. */
  wanted: number;
}

/**
 * Which observations are compared with which.
 *
 * @throws LacunaError `not-found`, `bad-request` for a group that is not there
 */
export function markerContests(
  project: Project,
  { datasetId, groups, group, against }: MarkersSpec,
): { contests: MarkerContest[]; run: RunInfo | null } {
  const { nObs } = project.datasets.get(datasetId);
  if (groups.kind === 'selection') {
    const codes = new Int32Array(nObs).fill(against.kind === 'group' ? -1 : 1);
    if (against.kind === 'group') {
      if (against.of === undefined)
        throw new LacunaError('bad-request', 'The groups that the other one is of were not named.', '');
      const others = sourceGroups(project, datasetId, against.of);
      const code = codeOf(others, against.name);
      others.codes.forEach((one, i) => one === code && (codes[i] = 1));
    }
    for (const obs of groups.obs) {
      if (obs >= nObs)
        throw new LacunaError('bad-request', `Observation ${obs} was named; the dataset has ${nObs}.`, '');
      codes[obs] = 0;
    }
    const words = against.kind === 'group' ? against.name : 'the rest';
    return {
      contests: [{ source: 'selection', group: groups.name, against: words, codes, wanted: 0 }],
      run: null,
    };
  }
  const found = sourceGroups(project, datasetId, groups);
  const wanted = group === undefined ? found.categories.map((_, code) => code) : [codeOf(found, group)];
  const used = new Set(found.codes);
  const contests = wanted
    .filter((code) => used.has(code))
    .map((code): MarkerContest => {
      const common = { source: found.title, group: found.categories[code] };
      if (against.kind === 'each') return { ...common, against: null, codes: found.codes, wanted: code };
      if (against.kind === 'rest') {
        const codes = found.codes.map((one) => (one < 0 ? -1 : one === code ? 0 : 1));
        return { ...common, against: 'the rest', codes, wanted: 0 };
      }
      const other = codeOf(found, against.name);
      if (other === code)
        throw new LacunaError('bad-request', `${against.name} cannot be compared with itself.`, 'Name another group.');
      const codes = found.codes.map((one) => (one === code ? 0 : one === other ? 1 : -1));
      return { ...common, against: against.name, codes, wanted: 0 };
    });
  return { contests, run: found.run };
}

function codeOf({ title, categories }: SourceGroups, name: string): number {
  const code = categories.indexOf(name);
  if (code !== -1) return code;
  throw new LacunaError('not-found', `${title} has no group "${name}".`, `There are: ${categories.join(', ')}.`);
}
