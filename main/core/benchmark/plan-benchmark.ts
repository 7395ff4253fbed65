import { LacunaError } from '../../errors/lacuna-error.ts';
import { floorMethods } from '../../methods/floor-methods.ts';
import type { Method, Preset } from '../../methods/method.ts';
import { getMethod, getPreset } from '../../methods/registry.ts';
import { RECIPE_PRESETS } from '../../preprocess/recipe-presets.ts';
import type { Recipe } from '../../preprocess/recipe.ts';
import type { Project } from '../../projects/project.types.ts';
import type { BenchmarkSpec } from '../../protocols/benchmark-spec.ts';
import { describeProtocol, type Protocol } from '../../protocols/protocol.ts';
import { methodInProject } from '../method-in-project.ts';
import { factsOf } from '../prepare-run.ts';
import type { RunRequest } from '../requests.ts';

/** What a benchmark would run, and what it leaves out. */
export interface BenchmarkPlan {
  runs: (RunRequest & { datasetId: number; protocol: Protocol; labels: string | undefined })[];
  /** Plain sentences: methods that cannot serve a dataset or a protocol. */
  notes: string[];
}

/**
 * Every run of a benchmark, dataset by dataset and protocol by protocol, seeds innermost last so that a first complete
 * table is there early.
 *
 * @throws LacunaError `not-found`, `bad-option` when a dataset, method, preset or recipe is not there, or nothing is left
 */
export function planBenchmark(project: Project, spec: BenchmarkSpec): BenchmarkPlan {
  const named = spec.methods.map(({ method, preset, set }) => {
    const found = methodInProject(project, method);
    return { method: found, preset: getPreset(found, preset), set };
  });
  const notes = new Set<string>();
  const runs: BenchmarkPlan['runs'] = [];
  for (const { dataset: datasetId, recipe: recipeId, labels } of spec.datasets) {
    const dataset = project.datasets.get(datasetId);
    for (const protocol of spec.protocols) {
      if (protocol.kind === 'thinning' && dataset.valueKind !== 'counts') {
        notes.add(`Thinning is left out on ${dataset.name}: only counts can be thinned.`);
        continue;
      }
      const likelihood = protocol.kind === 'likelihood';
      const floors = spec.floors ? floorsOf(protocol, named) : [];
      for (const seed of spec.seeds) {
        // Floors first: they take seconds, and what comes after can be compared with them at once.
        for (const { method, preset, set } of [...floors, ...named]) {
          const support = method.supports(factsOf(dataset));
          if (!support.ok) {
            notes.add(`${method.title} is left out on ${dataset.name}: ${support.reason}`);
          } else if (protocol.kind === 'spatial-imputation' && !method.predictsUnseen) {
            notes.add(`${method.title} is left out of spatial imputation: it cannot predict a spot it has not seen.`);
          } else if (likelihood && !method.givesLikelihood) {
            notes.add(
              `${method.title} is left out of the likelihood of held-out cells: it gives counts no probability.`,
            );
          } else {
            const seeded: Protocol = protocol.kind === 'clustering' ? protocol : { ...protocol, seed };
            runs.push({
              datasetId,
              method: method.id,
              preset: preset.id,
              set,
              seed,
              recipe: likelihood ? countRecipe(recipeId, preset) : recipeOf(recipeId ?? spec.recipe),
              protocol: seeded,
              labels,
              name: [method.title, preset.id, describeProtocol(seeded), `seed ${seed}`].join(' · '),
            });
          }
        }
      }
    }
  }
  if (runs.length === 0)
    throw new LacunaError('bad-option', `There is nothing to run. ${[...notes].join(' ')}`, 'Choose other methods.');
  return { runs, notes: [...notes] };
}

interface Chosen {
  method: Method;
  preset: Preset;
  set: Record<string, unknown>;
}

/** Those that nobody named; every preset of the floors of likelihood, as one knows the library size and one does not. */
function floorsOf(protocol: Protocol, named: readonly Chosen[]): Chosen[] {
  return [...floorMethods].map(getMethod).flatMap((method) => {
    if ((protocol.kind === 'likelihood') !== Boolean(method.givesLikelihood)) return [];
    const presets = method.givesLikelihood ? method.presets : [getPreset(method)];
    return presets
      .filter(
        ({ id }) =>
          !named.some((one) => one.method.id === method.id && (!method.givesLikelihood || one.preset.id === id)),
      )
      .map((preset) => ({ method, preset, set: {} }));
  });
}

/** Likelihoods are of counts, whatever a network reads: each method has its own input, all have the same genes. */
function countRecipe(id: string | undefined, { normalisation }: Preset): Recipe {
  return { filter: recipeOf(id ?? 'log').filter, normalisation };
}

function recipeOf(id: string): Recipe {
  const preset = RECIPE_PRESETS.find((candidate) => candidate.id === id);
  if (preset) return preset.recipe;
  throw new LacunaError(
    'bad-option',
    `There is no recipe '${id}'.`,
    `The recipes are: ${RECIPE_PRESETS.map((candidate) => candidate.id).join(', ')}.`,
  );
}
