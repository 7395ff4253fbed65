import type { z } from 'zod';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Method } from '../../methods/method.ts';
import { getPreset, resolveParameters } from '../../methods/registry.ts';
import { labelsColumn } from '../../jobs/tasks/labels-column.ts';
import type { DatasetInfo, Project } from '../../projects/project.types.ts';
import type { Pruning } from '../../search/pruning.ts';
import { pruningSchema } from '../../search/pruning.ts';
import type { SearchSpace } from '../../search/search-domain.ts';
import type { SearchSpec } from '../../search/search-spec.ts';
import { methodInProject } from '../method-in-project.ts';
import { factsOf } from '../prepare-run.ts';
import { checkedRange } from './checked-range.ts';

/** A search with everything that was left open decided. */
export type CompleteSearch = SearchSpec & { preset: string; ranges: SearchSpace; pruning: Pruning };

export interface SearchPlan {
  spec: CompleteSearch;
  dataset: DatasetInfo;
  method: Method;
  /** Complete settings of the trial that is the preset itself. */
  base: Record<string, unknown>;
  /** Plain sentences: what was decided that a person may not expect. */
  notes: string[];
}

/** Cells that judge, unless the preset holds some out. */
const HELD_OUT_SHARE = 0.1;
/** Fewer judge nothing; see `splitObservations`. */
const LEAST_HELD_OUT = 10;

/**
 * Checks a search and decides what was left open.
 *
 * @throws LacunaError `not-found`, `bad-option`, `unsupported`
 */
export function planSearch(project: Project, spec: SearchSpec): SearchPlan {
  const dataset = project.datasets.get(spec.dataset);
  const method = methodInProject(project, spec.method);
  const preset = getPreset(method, spec.preset);
  const support = method.supports(factsOf(dataset));
  if (!support.ok)
    throw new LacunaError(
      'unsupported',
      `${method.title} cannot work on ${dataset.name}: ${support.reason}`,
      'Choose another method or dataset.',
    );
  const notes: string[] = [];
  const set = { ...spec.set };
  if (spec.objective.kind === 'held-out') requireHeldOut(method);
  const before = resolveParameters(method, preset.id, set);
  if (before.heldOutShare === 0) {
    set.heldOutShare = HELD_OUT_SHARE;
    notes.push(`${100 * HELD_OUT_SHARE} % of the cells are held out to judge the trials; the preset holds out none.`);
  }
  const base = resolveParameters(method, preset.id, set);
  if (method.heldOut && Math.round(dataset.nObs * Number(base.heldOutShare ?? 1)) < LEAST_HELD_OUT)
    throw new LacunaError(
      'unsupported',
      `${dataset.name} has ${dataset.nObs} cells; holding out ${100 * Number(base.heldOutShare)} % of them leaves too few to judge a trial (at least ${LEAST_HELD_OUT}).`,
      'Search on a larger dataset, or raise the held-out share.',
    );
  const ranges = rangesOf(method, spec, set);
  const comparable = method.heldOut?.comparesEpochs({ ...base, ...middle(ranges) }) ?? false;
  const pruning = spec.pruning ?? defaultPruning(spec, comparable);
  if (spec.pruning && spec.pruning.kind !== 'none' && !comparable)
    notes.push(`No trial is stopped early: epochs of two runs of ${method.title} cannot be compared.`);
  return {
    spec: { ...spec, preset: preset.id, set, ranges, objective: objectiveOf(project, dataset, spec), pruning },
    dataset,
    method,
    base,
    notes,
  };
}

function requireHeldOut(method: Method): void {
  if (method.heldOut) return;
  throw new LacunaError(
    'unsupported',
    `${method.title} holds no cells out, so no loss can judge its trials.`,
    'Choose agreement with known groups (ari or nmi) as the objective.',
  );
}

/** What is searched; a setting that is fixed by hand is not. */
function rangesOf(method: Method, { ranges }: SearchSpec, set: Record<string, unknown>): SearchSpace {
  const shape = method.parameters.shape as Record<string, z.ZodType>;
  const wanted =
    ranges ??
    Object.fromEntries(
      Object.entries(shape)
        .map(([key, field]) => [key, (field.meta() as { search?: unknown } | undefined)?.search] as const)
        .filter(([key, search]) => search !== undefined && !(key in set)),
    );
  const keys = Object.keys(wanted);
  if (keys.length === 0)
    throw new LacunaError(
      'bad-option',
      `There is nothing to search: ${method.title} suggests no settings that are left open.`,
      'Name the settings and their ranges.',
    );
  const twice = keys.find((key) => ranges && key in set);
  if (twice !== undefined)
    throw new LacunaError(
      'bad-option',
      `The setting '${twice}' is both fixed and searched.`,
      'Take it out of one of the two.',
    );
  return Object.fromEntries(keys.map((key) => [key, checkedRange(method, key, (wanted as SearchSpace)[key])]));
}

/** A point inside, to ask the method about. */
function middle(ranges: SearchSpace): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(ranges).map(([key, range]) => [key, 'choices' in range ? range.choices[0] : range.high]),
  );
}

function defaultPruning({ objective }: SearchSpec, comparable: boolean): Pruning {
  return comparable && objective.kind === 'held-out' ? pruningSchema.parse({ kind: 'median' }) : { kind: 'none' };
}

/** @throws LacunaError `not-found` where no column can serve as labels */
function objectiveOf(project: Project, dataset: DatasetInfo, { objective }: SearchSpec): SearchSpec['objective'] {
  if (objective.kind === 'held-out') return objective;
  return { ...objective, labels: labelsColumn(project, dataset.id, objective.labels).name };
}
