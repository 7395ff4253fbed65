import type { z } from 'zod';
import type { searchInfoSchema, searchSchema } from '../../contract/entities/search.ts';
import { getMethod } from '../../methods/registry.ts';
import type { Project, RunInfo, StudyInfo, TrialInfo } from '../../projects/project.types.ts';
import { importances } from '../../search/importance/importance.ts';
import { searchSpecSchema } from '../../search/search-spec.ts';
import { objectiveTitle } from './objective-title.ts';
import { requireSearch } from './searches.ts';

type SearchInfo = z.infer<typeof searchInfoSchema>;
/** A search with its trials, the best of them, and what mattered. */
export type SearchView = z.infer<typeof searchSchema>;

/** @param isRunning whether it goes on now, as `Searches.isRunning` says */
export function searchInfo(project: Project, study: StudyInfo, isRunning: boolean): SearchInfo {
  const { id, title, createdAt, runIds } = study;
  const spec = searchSpecSchema.parse(study.spec);
  const nOver = project.trials.list(id).filter(({ state }) => state !== 'open').length;
  const state = isRunning ? 'running' : nOver === spec.trials ? 'done' : 'stopped';
  return { id, title, spec, createdAt, runIds, state, nOver };
}

/** @throws LacunaError `not-found` */
export function viewSearch(project: Project, studyId: number, isRunning: boolean): SearchView {
  const info = searchInfo(project, requireSearch(project.studies.get(studyId)), isRunning);
  const { spec } = info;
  const higherIsBetter = spec.objective.kind !== 'held-out';
  const runs = new Map(project.runs.list(spec.dataset).map((run) => [run.id, run]));
  const stored = project.trials.list(studyId);
  const trials = stored.map((trial) => viewTrial(project, trial, runs.get(trial.runId ?? -1)));
  const done = trials.filter(({ state, value }) => state === 'done' && value !== null);
  const best = done.reduce<(typeof done)[number] | null>(
    (leader, trial) =>
      leader === null || (higherIsBetter ? trial.value! > leader.value! : trial.value! < leader.value!)
        ? trial
        : leader,
    null,
  );
  return {
    ...info,
    objective: { title: objectiveTitle(getMethod(spec.method), spec), higherIsBetter },
    trials,
    best: best?.number ?? null,
    importance: importances(
      spec.ranges ?? {},
      done.map(({ parameters, value }) => ({ parameters, value: value! })),
    ),
    csv: csvOf(Object.keys(spec.ranges ?? {}), trials),
  };
}

function viewTrial(project: Project, trial: TrialInfo, run: RunInfo | undefined): SearchView['trials'][number] {
  const { number, parameters, state, value, reason } = trial;
  const epochs = run && (run.summary.epochs ?? (state === 'open' ? null : project.runs.history(run.id).length));
  return {
    number,
    parameters,
    state,
    value,
    reason,
    run: run?.id ?? null,
    epochs: epochs ?? null,
    seconds: run?.wallSeconds ?? 0,
  };
}

function csvOf(keys: readonly string[], trials: SearchView['trials']): string {
  const quoted = (value: unknown): string => {
    const text = value === null || value === undefined ? '' : String(value as string | number | boolean);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = trials.map(({ number, state, value, epochs, seconds, parameters, reason }) =>
    [number + 1, state, value, epochs, seconds, ...keys.map((key) => parameters[key]), reason].map(quoted).join(','),
  );
  return `${[['trial', 'state', 'value', 'epochs', 'seconds', ...keys, 'reason'].map(quoted).join(','), ...lines].join('\n')}\n`;
}
