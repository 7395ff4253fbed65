import type { Job } from '../../app/jobs.svelte.ts';
import type { RunInfo } from '../../app/project.svelte.ts';

/** Where a run of a benchmark is on its way from waiting to a line of the table. */
export type Stage = 'waiting' | 'training' | 'scoring' | 'done' | 'stopped' | 'failed';

export interface RunProgress {
  run: RunInfo;
  stage: Stage;
  /** In words, with the reason where it failed. */
  words: string;
  /** Of what it does now; null where that is not known. */
  fraction: number | null;
  etaSeconds: number | null;
}

interface RunJobs {
  train?: Job;
  evaluate?: Job;
}

/** The newest job of each kind for each run of a project. */
export function jobsOfRuns(jobs: readonly Job[], project: string): Map<number, RunJobs> {
  const found = new Map<number, RunJobs>();
  for (const job of jobs) {
    if (job.project !== project || job.runId === null) continue;
    if (job.kind === 'train') found.set(job.runId, { ...found.get(job.runId), train: job });
    // What comes after a training: scores of what was held out, or of clusters against labels.
    if (job.kind === 'evaluate' || job.kind === 'score')
      found.set(job.runId, { ...found.get(job.runId), evaluate: job });
  }
  return found;
}

/**
 * The runs of a benchmark in their order, with how far each is.
 *
 * @param newest runs of the project, which follow jobs; what was read of the benchmark may be a moment older
 */
export function progressOf(
  { runs, table }: { runs: readonly RunInfo[]; table: { rows: readonly { runIds: readonly number[] }[] } },
  newest: readonly RunInfo[],
  jobs: ReadonlyMap<number, RunJobs>,
): RunProgress[] {
  const scored = new Set(table.rows.flatMap(({ runIds }) => runIds));
  const byId = new Map(newest.map((run) => [run.id, run]));
  return runs.map((run) => runProgress(byId.get(run.id) ?? run, jobs.get(run.id) ?? {}, scored.has(run.id)));
}

/** @param isScored whether the table has figures of it */
function runProgress(run: RunInfo, { train, evaluate }: RunJobs, isScored: boolean): RunProgress {
  const at = (stage: Stage, words: string, job?: Job): RunProgress => ({
    run,
    stage,
    words,
    fraction: job?.progress?.fraction ?? null,
    etaSeconds: job?.progress?.etaSeconds ?? null,
  });
  switch (run.state) {
    case 'queued':
      return at('waiting', 'waiting');
    case 'running':
      return at('training', train?.progress?.stage ?? 'starting', train);
    case 'failed':
      return at('failed', [run.error?.what ?? 'It failed.', run.error?.remedy].filter(Boolean).join(' '));
    case 'cancelled':
      return at('stopped', 'stopped');
    case 'interrupted':
      return at('stopped', 'interrupted');
    case 'done':
      break;
  }
  if (evaluate?.state === 'running') return at('scoring', 'being scored', evaluate);
  if (evaluate?.state === 'queued') return at('scoring', 'waiting to be scored');
  if (isScored) return at('done', 'done');
  if (evaluate?.state === 'failed')
    return at('failed', `It could not be scored. ${evaluate.error?.what ?? ''} ${evaluate.error?.remedy ?? ''}`.trim());
  return at('stopped', 'trained, not scored');
}

/**
 * Seconds until everything that waits is trained: of what runs now its own estimate, of what waits the time that runs of
 * the same method and dataset took, else what was planned for a run.
 *
 * @param planned seconds of a run by the plan; null: not known
 * @returns null where nothing is under way or nothing is known
 */
export function secondsLeft(list: readonly RunProgress[], planned: number | null): number | null {
  const open = list.filter(({ stage }) => stage === 'waiting' || stage === 'training');
  if (open.length === 0) return null;
  const likeOf = ({ method, preset, datasetId }: RunInfo): string => JSON.stringify([method, preset, datasetId]);
  const taken = Map.groupBy(
    list.filter(({ run }) => run.state === 'done'),
    ({ run }) => likeOf(run),
  );
  let total = 0;
  for (const { run, stage, etaSeconds } of open) {
    const known = taken.get(likeOf(run))?.map((other) => other.run.wallSeconds);
    const usual = known ? known.reduce((sum, seconds) => sum + seconds, 0) / known.length : planned;
    const seconds = stage === 'training' ? (etaSeconds ?? usual) : usual;
    if (seconds === null) return null;
    total += seconds;
  }
  return total;
}

/** How many runs are at each stage. */
export function stageCounts(list: readonly RunProgress[]): Record<Stage, number> {
  const counts: Record<Stage, number> = { waiting: 0, training: 0, scoring: 0, done: 0, stopped: 0, failed: 0 };
  for (const { stage } of list) counts[stage]++;
  return counts;
}

/** Share of the work that is behind: runs that are over, and what those under way have done. */
export function overallFraction(list: readonly RunProgress[]): number {
  const share = ({ stage, fraction }: RunProgress): number => {
    if (stage === 'waiting' || stage === 'stopped') return 0;
    if (stage === 'training') return 0.9 * (fraction ?? 0);
    return stage === 'scoring' ? 0.9 : 1;
  };
  return list.length === 0 ? 0 : list.reduce((sum, progress) => sum + share(progress), 0) / list.length;
}
