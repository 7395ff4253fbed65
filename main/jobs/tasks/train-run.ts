import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Engine } from '../../engine/engine.ts';
import { measureMachine } from '../../engine/measure-machine.ts';
import type { DatasetFacts, Method, TrainOutcome } from '../../methods/method.ts';
import { getMethod } from '../../methods/registry.ts';
import { packUndoFacts } from '../../preprocess/transform/undo-arrays.ts';
import { appVersion } from '../../projects/file/app-version.ts';
import type { RunInfo } from '../../projects/project.types.ts';
import { mergePredicted } from '../../protocols/merge-predicted.ts';
import type { Verdict } from '../../search/stop-rule.ts';
import { watchEpochs } from '../../search/watch-epochs.ts';
import type { TrainResult } from '../job-results.ts';
import type { TrainSpec } from '../job-spec.ts';
import type { StopReason } from '../worker/worker-messages.ts';
import { memoryWarning } from '../memory-warning.ts';
import { processMark } from '../process-mark.ts';
import { CheckpointKeeper } from './checkpoint-keeper.ts';
import type { JobContext } from './job-context.ts';
import { prepareTraining } from './prepare-training.ts';

/**
 * Trains a stored run, from its checkpoint where it has one, and stores what came out. The run's state follows:
 * `running`, then `done`, `failed` with the reason, or (both can go on later) `cancelled` when a person stopped it and
 * `interrupted` when the application closed. One that a search stopped as hopeless is `cancelled`, with the reason, and its
 * job is done.
 *
 * @throws LacunaError `cancelled`, `diverged`, `out-of-memory`, `unsupported`, `bad-request`
 */
export async function trainRun(spec: TrainSpec, context: JobContext): Promise<TrainResult> {
  const { runs } = context.project;
  const run = runs.get(spec.runId);
  if (run.state === 'done')
    throw new LacunaError('bad-request', `Run ${run.id} is finished already.`, 'Start a new run.');
  runs.update(run.id, {
    state: 'running',
    startedAt: run.startedAt ?? new Date().toISOString(),
    finishedAt: null,
    error: null,
    versions: { process: processMark() },
  });
  const startedAt = performance.now();
  const wallSeconds = () => run.wallSeconds + (performance.now() - startedAt) / 1000;
  const keeper = new CheckpointKeeper({
    everySeconds: context.checkpointSeconds,
    save: (checkpoint) => {
      runs.saveCheckpoint(run.id, checkpoint);
      runs.update(run.id, { wallSeconds: wallSeconds() });
    },
  });
  let versions: Record<string, string> = {};
  let verdict = null as Verdict | null;
  try {
    const method = getMethod(run.method);
    const prepared = await prepareTraining(context.project, run, context);
    const { obsIndex, varIndex, heldOutObs, heldOut } = prepared;
    const warnings = checkMemory(method, run, prepared.facts);
    if (warnings.length > 0) context.report({ stage: warnings[0], fraction: null, detail: { warnings } });
    const engine = await context.engine();
    versions = versionsWith(engine);
    runs.update(run.id, { device: engine.device, versions: { ...versions, process: processMark() } });
    const resumeFrom = runs.loadCheckpoint(run.id);
    const hopeless = new AbortController();
    const seen = runs.history(run.id).filter(({ epoch }) => epoch <= (resumeFrom?.epoch ?? 0));
    const judge = spec.stopRule ? watchEpochs(spec.stopRule, seen) : () => null;
    const trained = await method.train({
      data: prepared.data,
      unseen: prepared.unseen,
      covariates: prepared.covariates,
      parameters: method.parameters.parse(run.parameters),
      seed: run.seed,
      engine,
      signal: AbortSignal.any([context.signal, hopeless.signal]),
      report: context.report,
      record: (epoch) => {
        runs.record(run.id, epoch);
        verdict ??= judge(epoch);
        if (verdict) hopeless.abort();
      },
      resumeFrom,
      checkpoint: (build) => keeper.offer(build),
    });
    context.report({ stage: 'Storing the result', fraction: null });
    runs.update(run.id, { versions, wallSeconds: wallSeconds(), finishedAt: new Date().toISOString() });
    const outcome = heldOutObs ? mergePredicted(trained, heldOutObs) : trained;
    const extras = { ...outcome.extras, ...packUndoFacts(prepared.undoFacts) };
    runs.finish(run.id, {
      ...withFiniteSummary(outcome),
      extras,
      obsIndex,
      varIndex,
      heldOut,
    });
    return { runId: run.id, state: 'done', wallSeconds: wallSeconds(), summary: outcome.summary, warnings };
  } catch (thrown) {
    const error = LacunaError.from(thrown);
    const stopped = error.code === 'cancelled';
    if (stopped) keeper.flush();
    if (verdict && !context.signal.aborted) return pruned(verdict);
    runs.update(run.id, {
      state: !stopped
        ? 'failed'
        : context.signal.reason === ('closing' satisfies StopReason)
          ? 'interrupted'
          : 'cancelled',
      error: stopped ? null : { code: error.code, what: error.message, remedy: error.remedy },
      versions,
      wallSeconds: wallSeconds(),
      finishedAt: new Date().toISOString(),
    });
    throw error;
  }

  /** What the run has is kept, so that a person may go on with it after all. */
  function pruned(found: Verdict): TrainResult {
    const seconds = wallSeconds();
    runs.update(run.id, {
      state: 'cancelled',
      error: { code: 'pruned', what: found.why, remedy: '' },
      versions,
      wallSeconds: seconds,
      finishedAt: new Date().toISOString(),
    });
    return { runId: run.id, state: 'cancelled', wallSeconds: seconds, summary: {}, pruned: found, warnings: [] };
  }
}

/** @throws LacunaError `out-of-memory` when the training cannot fit this machine at all */
function checkMemory(method: Method, run: RunInfo, facts: DatasetFacts): string[] {
  const machine = measureMachine();
  const { memoryBytes } = method.estimate(facts, method.parameters.parse(run.parameters), machine);
  const warning = memoryWarning(memoryBytes, machine);
  if (warning?.hopeless)
    throw new LacunaError('out-of-memory', warning.text, 'Change the settings, or use a computer with more memory.', {
      neededBytes: memoryBytes,
    });
  return warning ? [warning.text] : [];
}

const BACKENDS = { tensorflow: 'TensorFlow', wasm: 'TensorFlow.js WebAssembly' };

function versionsWith(engine: Engine): Record<string, string> {
  return { Lacuna: appVersion, [BACKENDS[engine.backend]]: engine.version, Node: process.versions.node };
}

/** A figure that is not a number says nothing, and JSON has no word for it. */
function withFiniteSummary(outcome: TrainOutcome): TrainOutcome {
  return {
    ...outcome,
    summary: Object.fromEntries(Object.entries(outcome.summary).filter(([, value]) => Number.isFinite(value))),
  };
}
