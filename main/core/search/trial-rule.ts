import type { Project, TrialInfo } from '../../projects/project.types.ts';
import { stopLimits, type Pruning, type TrialCurve } from '../../search/pruning.ts';
import type { StopRule } from '../../search/stop-rule.ts';
import type { SearchPlan } from './plan-search.ts';

/** What a trial has to reach to go on, from the trials before it; undefined where nothing can be asked of it. */
export function trialRule(
  project: Project,
  { method, base, spec: { pruning } }: SearchPlan,
  earlier: readonly TrialInfo[],
  trial: TrialInfo,
): StopRule | undefined {
  const measure = method.heldOut;
  if (!measure || pruning.kind === 'none') return undefined;
  const comparable = ({ parameters }: TrialInfo): boolean => measure.comparesEpochs({ ...base, ...parameters });
  if (!comparable(trial)) return undefined;
  const curves = earlier
    .filter((other) => (other.state === 'done' || other.state === 'pruned') && comparable(other))
    .map((other): TrialCurve => ({
      heldOut: heldOutOf(project, other, measure.term),
      finished: other.state === 'done',
    }));
  const epochs = Number(trial.parameters.epochs ?? base.epochs ?? 0);
  const limits = stopLimits(pruning, curves, epochs);
  return limits.length === 0 ? undefined : { term: measure.term, of: nameOf(pruning), limits };
}

/** A run that was taken away for good tells nothing any more. */
function heldOutOf(project: Project, { runId }: TrialInfo, term: string): number[] {
  if (runId === null) return [];
  return project.runs
    .history(runId)
    .map(({ heldOut }) => heldOut?.[term])
    .filter((loss) => loss !== undefined);
}

const SHARES: Record<number, string> = { 2: 'half', 3: 'third', 4: 'quarter' };

function nameOf(pruning: Pruning): string {
  if (pruning.kind !== 'halving') return 'the median';
  return `the best ${SHARES[pruning.factor] ?? `1/${pruning.factor}`}`;
}
