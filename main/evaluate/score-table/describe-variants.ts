import { canonicalJson } from '../../json/canonical-json.ts';
import type { ScoredRun } from './score-table.types.ts';

/**
 * Tells runs of the same dataset, method and preset apart, as shortly as they differ: `latentDim=10, recipe 2`.
 * Recipes are numbered in the order of the runs.
 * @param runs one a row group
 * @returns one text a run; '' where dataset, method and preset already tell
 */
export function describeVariants(runs: readonly ScoredRun[]): string[] {
  const families = new Map<string, ScoredRun[]>();
  const familyOf = (run: ScoredRun): string =>
    canonicalJson([run.datasetId, run.method, run.preset, run.protocol?.kind ?? null]);
  for (const run of runs) {
    const family = families.get(familyOf(run));
    if (family) family.push(run);
    else families.set(familyOf(run), [run]);
  }
  return runs.map((run) => {
    const family = families.get(familyOf(run))!;
    if (family.length === 1) return '';
    const differing = [...new Set(family.flatMap((other) => Object.keys(other.parameters)))]
      .sort()
      .filter((name) => new Set(family.map((other) => canonicalJson(other.parameters[name] ?? null))).size > 1)
      .map((name) => `${name}=${plain(run.parameters[name])}`);
    const recipes = [...new Set(family.map((other) => canonicalJson(other.recipe)))];
    if (recipes.length > 1) differing.push(`recipe ${recipes.indexOf(canonicalJson(run.recipe)) + 1}`);
    return differing.join(', ');
  });
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (canonicalJson(value ?? null) ?? 'null');
}
