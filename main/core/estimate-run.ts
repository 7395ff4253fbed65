import { getPreset, resolveParameters } from '../methods/registry.ts';
import { measureMachine } from '../engine/measure-machine.ts';
import type { DatasetFacts } from '../methods/method.ts';
import type { DatasetInfo, Project } from '../projects/project.types.ts';
import { memoryWarning } from '../jobs/memory-warning.ts';
import { methodInProject } from './method-in-project.ts';
import { factsOf } from './prepare-run.ts';
import type { RunEstimate, RunRequest } from './requests.ts';

/**
 * What a training would cost here, without starting the tensor engine.
 *
 * @throws LacunaError `not-found`, `bad-option`
 */
export function estimateRun(project: Pick<Project, 'presets'>, dataset: DatasetInfo, request: RunRequest): RunEstimate {
  const method = methodInProject(project, request.method);
  const parameters = resolveParameters(method, request.preset, request.set ?? {});
  const { variableGenes } = request.normalisation ?? getPreset(method, request.preset).normalisation;
  const facts = withGenes(factsOf(dataset), variableGenes);
  const support = method.supports(facts);
  const machine = measureMachine();
  const cost = method.estimate(facts, parameters, machine);
  const warning = memoryWarning(cost.memoryBytes, machine);
  return {
    supported: support.ok,
    reason: support.ok ? null : support.reason,
    memoryBytes: cost.memoryBytes,
    seconds: cost.seconds,
    freeMemoryBytes: machine.freeMemoryBytes,
    warnings: warning ? [warning.text] : [],
  };
}

/** The facts when only so many genes go in; the nonzeros are taken to shrink with them. */
function withGenes(facts: DatasetFacts, variableGenes: number | null): DatasetFacts {
  if (variableGenes === null || variableGenes >= facts.nVar) return facts;
  return { ...facts, nVar: variableGenes, nnz: Math.round((facts.nnz * variableGenes) / facts.nVar) };
}
