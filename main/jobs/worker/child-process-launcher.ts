import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { WorkerExit, WorkerLauncher, WorkerProcess } from './worker-launcher.ts';

/** Kept of what a worker writes to its standard error: enough for V8's or TensorFlow's last words. */
const STDERR_KEPT = 8_192;

export interface ChildProcessOptions {
  /** The worker's program; default: `worker-main.ts` here, or the bundle `worker.js` beside the bundled application. */
  program?: string;
  /** Limit of the worker's JavaScript heap; default: half of the machine's memory. */
  heapMegabytes?: number;
  /** Variables that differ from this process's own. */
  env?: Record<string, string>;
}

/**
 * Workers as child processes of Node.
 *
 * The heap limit is set by the machine's memory: V8's own default would stop at 4 GB or less, while a large import
 * holds its matrices in array buffers (outside that heap) and only names and columns inside it. Half of the memory
 * leaves room for both.
 */
export function childProcessLauncher(options: ChildProcessOptions = {}): WorkerLauncher {
  const program = options.program ?? workerProgram();
  const heapMegabytes = options.heapMegabytes ?? Math.max(1024, Math.floor(totalmem() / 2 ** 20 / 2));
  return {
    launch(): WorkerProcess {
      const child = fork(program, [], {
        // Flags of this process (a test runner's, a debugger's port) are not the worker's.
        execArgv: [`--max-old-space-size=${heapMegabytes}`, '--disable-warning=ExperimentalWarning'],
        env: { ...process.env, ...options.env },
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
        serialization: 'advanced',
      });
      let stderr = '';
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        stderr = (stderr + text).slice(-STDERR_KEPT);
      });
      let exited = false;
      let exitListener: (exit: WorkerExit) => void = () => {};
      const exit = (code: number | null, signal: string | null) => {
        if (exited) return;
        exited = true;
        exitListener({ code, signal, stderr: stderr.trim() });
      };
      // 'close' comes after the pipes are drained, so the last words are complete.
      child.on('close', exit);
      child.on('error', (error) => {
        stderr += `\n${error.message}`;
        if (child.pid === undefined) exit(null, null);
      });
      return {
        pid: child.pid,
        send: (message) => {
          if (child.connected) child.send(message as object, () => {});
        },
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => void (exitListener = listener),
        kill: () => void child.kill('SIGKILL'),
      };
    },
  };
}

/** Sources run as they are; a bundle carries the worker as a file of its own. */
function workerProgram(): string {
  const folder = dirname(fileURLToPath(import.meta.url));
  const source = join(folder, 'worker-main.ts');
  return existsSync(source) ? source : join(folder, 'worker.js');
}
