import { totalmem } from 'node:os';
import { utilityProcess } from 'electron';
import type { WorkerExit, WorkerLauncher, WorkerProcess } from '../main/jobs/worker/worker-launcher.ts';

/** Kept of what a worker writes to its standard error: enough for V8's or TensorFlow's last words. */
const STDERR_KEPT = 8_192;

/** Electron's V8 keeps its heap within 4 GiB (pointer compression); matrices lie outside of it, in array buffers. */
const HEAP_LIMIT_MEGABYTES = 4096;

/** How long the last words may take to arrive after the end of the process was told, ms. */
const LAST_WORDS = 250;

/**
 * Workers as utility processes of Electron.
 *
 * @param program the worker's bundle
 * @param env variables that differ from this process's own
 */
export function utilityWorkerLauncher(program: string, env: Record<string, string> = {}): WorkerLauncher {
  const half = Math.floor(totalmem() / 2 ** 20 / 2);
  const heapMegabytes = Math.min(HEAP_LIMIT_MEGABYTES, Math.max(1024, half));
  return {
    launch(): WorkerProcess {
      const child = utilityProcess.fork(program, [], {
        execArgv: [`--max-old-space-size=${heapMegabytes}`, '--disable-warning=ExperimentalWarning'],
        env: { ...process.env, ...env },
        stdio: ['ignore', 'ignore', 'pipe'],
        serviceName: 'Lacuna compute worker',
        // TensorFlow's libraries carry no signature of ours (macOS).
        allowLoadingUnsignedLibraries: true,
      });
      let stderr = '';
      let exited = false;
      let killed = false;
      child.stderr?.setEncoding('utf8');
      child.stderr?.on('data', (text: string) => (stderr = (stderr + text).slice(-STDERR_KEPT)));
      child.on('error', (type, location) => (stderr = `${stderr}\n${type} at ${location}`.slice(-STDERR_KEPT)));
      const kill = () => {
        killed = true;
        if (exited) return;
        // `child.kill` asks (SIGTERM); a worker in the middle of a long operation would not hear it.
        if (child.pid === undefined) child.kill();
        else endNow(child.pid);
      };
      child.on('spawn', () => {
        if (killed) kill();
      });
      return {
        get pid() {
          return child.pid;
        },
        send: (message) => {
          if (!exited) child.postMessage(message);
        },
        onMessage: (listener) => void child.on('message', listener),
        onExit: (listener) => {
          child.on('exit', (code) => {
            exited = true;
            const tell = () => listener({ ...endOf(code, killed), stderr: stderr.trim() });
            if (!child.stderr) return tell();
            const once = onceOnly(tell);
            child.stderr.on('end', once);
            setTimeout(once, LAST_WORDS);
          });
        },
        kill,
      };
    },
  };
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

/** Signals by the number that a POSIX wait status carries for them, without and with a core dump. */
const SIGNALS: Record<number, string> = { 6: 'SIGABRT', 9: 'SIGKILL', 11: 'SIGSEGV', 15: 'SIGTERM' };

/** How the process ended. Electron hands out a number alone; a worker itself ends with 0 or 1 only, so others are signals. */
function endOf(code: number, killed: boolean): Pick<WorkerExit, 'code' | 'signal'> {
  if (process.platform === 'win32') return { code, signal: killed ? 'SIGKILL' : null };
  const signal = killed ? 'SIGKILL' : (SIGNALS[code & 0x7f] ?? null);
  return signal === null ? { code, signal } : { code: null, signal };
}

function onceOnly(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) action();
    done = true;
  };
}
