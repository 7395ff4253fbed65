import { LacunaError } from '../errors/lacuna-error.ts';
import { processMark } from '../jobs/process-mark.ts';
import { getPreset, resolveParameters } from '../methods/registry.ts';
import type { DatasetFacts } from '../methods/method.ts';
import type { DatasetInfo, Project, RunInfo } from '../projects/project.types.ts';
import { covariateNames } from '../contract/words/covariate-names.ts';
import { fitCovariates } from '../preprocess/covariates/fit-covariates.ts';
import { normalisationSchema } from '../preprocess/recipe.ts';
import { chooseDataset } from './choose.ts';
import { methodInProject } from './method-in-project.ts';
import type { RunRequest } from './requests.ts';

/**
 * Checks a training and stores it as a queued run: everything that it depends on is fixed here, so that the run can be
 * repeated, or resumed on another day.
 *
 * @throws LacunaError `not-found`, `bad-option`, `unsupported`; nothing is stored then
 */
export function prepareRun(project: Project, request: RunRequest): RunInfo {
  const dataset = chooseDataset(project, request.datasetId);
  const method = methodInProject(project, request.method);
  const preset = getPreset(method, request.preset);
  const parameters = resolveParameters(method, preset.id, request.set ?? {});
  const support = method.supports(factsOf(dataset));
  if (!support.ok)
    throw new LacunaError(
      'unsupported',
      `${method.title} cannot work on ${dataset.name}: ${support.reason}`,
      'Choose another method or dataset.',
    );
  const seed = request.seed ?? 1;
  if (!Number.isInteger(seed) || seed < 0)
    throw new LacunaError(
      'bad-option',
      `The seed is ${seed}; expected a whole number of at least 0.`,
      'Correct the seed.',
    );
  const protocol = request.protocol ?? { kind: 'clustering' };
  if (protocol.kind === 'spatial-imputation' && !method.predictsUnseen)
    throw new LacunaError(
      'unsupported',
      `${method.title} cannot predict spots that it has not seen, which spatial imputation asks for.`,
      'Choose a method for space, or another protocol.',
    );
  if (protocol.kind === 'likelihood' && !method.givesLikelihood)
    throw new LacunaError(
      'unsupported',
      `${method.title} gives counts no probability, so the likelihood of held-out cells cannot be had from it.`,
      'Choose a count model, or another protocol.',
    );
  const covariates = covariateNames(parameters.covariates);
  if (covariates.length > 0) {
    const { columns } = project.datasets.obs(dataset.id);
    fitCovariates(
      columns,
      covariates,
      Uint32Array.from({ length: dataset.nObs }, (_, i) => i),
    );
  }
  const { filter } = project.recipes.current(dataset.id).recipe;
  const normalisation = normalisationSchema.parse(request.normalisation ?? preset.normalisation);
  const run = project.runs.create(
    {
      datasetId: dataset.id,
      method: method.id,
      preset: preset.id,
      parameters,
      recipe: request.recipe ?? { filter, normalisation },
      seed,
      protocol,
    },
    request.name ?? `${method.title} · ${preset.id} · seed ${seed}`,
  );
  project.runs.update(run.id, { versions: { process: processMark() } });
  return project.runs.get(run.id);
}

/** What a method may ask about a dataset before it is loaded. */
export function factsOf(dataset: DatasetInfo): DatasetFacts {
  const { nObs, nVar, nnz, valueKind, obsm } = dataset;
  return { nObs, nVar, nnz, valueKind, obsm: obsm.map(({ name, nDim }) => ({ name, nDim })) };
}
