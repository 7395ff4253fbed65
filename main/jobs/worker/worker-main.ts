import { cancelled, LacunaError } from '../../errors/lacuna-error.ts';
import { openProject } from '../../projects/open-project.ts';
import { startEngine } from '../../engine/start-engine.ts';
import { runJob } from '../tasks/run-job.ts';
import { giveWay } from './give-way.ts';
import { throttledReport } from './throttled-report.ts';
import { toWorkerSchema } from './worker-messages.ts';
import type { FromWorker, StopReason, ToWorker } from './worker-messages.ts';
import { parentPort } from './parent-port.ts';

/**
 * The compute worker: one process, one job. It opens the project file itself, answers cancel within a batch, and ends
 * when the job is over or when the application that started it is gone.
 */
giveWay();
const abort = new AbortController();
const port = parentPort();
let busy = false;

port.onMessage((message) => {
  const heard = toWorkerSchema.safeParse(message);
  if (!heard.success)
    return void fail(
      new LacunaError(
        'internal',
        'The compute process was sent something that it does not understand.',
        'This is a fault of Lacuna. Please report it.',
        {},
        heard.error,
      ),
    );
  if (heard.data.type === 'cancel') return void stop(heard.data.reason);
  if (busy) return;
  busy = true;
  void work(heard.data);
});

// Ctrl-C and a closed terminal reach every process of the terminal; what they mean for the job, the application says.
process.on('SIGINT', () => {});
process.on('SIGHUP', () => {});

// Nobody listens any more: stop at the next batch so that the checkpoint is stored, and give up after a moment.
port.onClose(() => {
  stop('closing');
  if (!busy) process.exit(0);
  setTimeout(() => process.exit(1), 10_000).unref();
});

void port.send({ type: 'ready' });

function stop(reason: StopReason): void {
  abort.abort(reason);
}

async function work(start: Extract<ToWorker, { type: 'start' }>): Promise<void> {
  const progress = throttledReport((latest) => void port.send({ type: 'progress', progress: latest }));
  try {
    const project = openProject(start.projectPath);
    try {
      const result = await runJob(start.spec, {
        project,
        signal: abort.signal,
        report: progress.report,
        engine: () => startEngine({ device: start.engine.device, threads: start.engine.threads ?? undefined }),
        checkpointSeconds: start.checkpointSeconds,
      });
      progress.flush();
      await say({ type: 'result', result });
    } finally {
      project.close();
    }
    process.exit(0);
  } catch (thrown) {
    progress.flush();
    await fail(abort.signal.aborted ? cancelled() : LacunaError.from(thrown));
  }
}

async function fail(error: LacunaError): Promise<never> {
  await say({ type: 'error', error: error.toWire() });
  process.exit(error.code === 'cancelled' ? 0 : 1);
}

/** Resolves when the message has left this process, so that an exit right after cannot swallow it. */
function say(message: FromWorker): Promise<void> {
  return port.send(message);
}
