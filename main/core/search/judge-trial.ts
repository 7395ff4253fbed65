import type { HeldOutMeasure, Method } from '../../methods/method.ts';
import type { Project, RunInfo } from '../../projects/project.types.ts';
import type { SearchSpec } from '../../search/search-spec.ts';

/**
 * What a finished run is worth by the objective; null where it has no such figure.
 *
 * Held-out loss: the method's final figure, else its term at the epoch whose weights were kept (the best where training
 * was patient, else the last).
 */
export function judgeTrial(project: Project, method: Method, run: RunInfo, { objective }: SearchSpec): number | null {
  if (objective.kind === 'held-out') return method.heldOut ? heldOutLoss(project, method.heldOut, run) : null;
  const { kind, labels, space } = objective;
  const row = project.scores
    .list({ runIds: [run.id] })
    .find((score) => score.metric === kind && score.labels === labels && score.space === space);
  return row?.value ?? null;
}

function heldOutLoss(
  project: Project,
  { term, final }: HeldOutMeasure,
  { id, parameters, summary }: RunInfo,
): number | null {
  const figure = final?.(summary);
  if (figure !== undefined) return figure;
  const history = project.runs.history(id);
  const kept = Number(parameters.patience ?? 0) > 0 ? summary.bestEpoch : undefined;
  const record = history.find(({ epoch }) => epoch === kept) ?? history.at(-1);
  return record?.heldOut?.[term] ?? null;
}
