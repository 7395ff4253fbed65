import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DIST } from '../../build/setup/paths.mjs';

/** Lacuna as `npm run lacuna -- open` serves it to a browser. */
export interface RunningLacuna {
  /** With the secret of this launch. */
  address: string;
  /** Ends it as Ctrl-C does, and waits. */
  close(): Promise<void>;
  /** Ends it as a power cut does: at once, with its workers, and with nothing written. */
  kill(): Promise<void>;
}

export interface LaunchOptions {
  /** Folder for settings, recent projects and new projects; of one person. */
  home: string;
  /** Project file to open at once. */
  project?: string;
  /** Variables that differ from this process's own. */
  environment?: Record<string, string>;
}

/** Starts the built program in a process of its own. */
export async function launchLacuna({ home, project, environment }: LaunchOptions): Promise<RunningLacuna> {
  const program = process.env.LACUNA_CLI ?? join(DIST, 'cli.js');
  const args = [program, 'open', ...(project === undefined ? [] : [project]), '--json'];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, LACUNA_HOME: home, HOME: home, USERPROFILE: home, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const address = await addressOf(child);
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const over = once(child, 'exit');
    const workers = signal === 'SIGKILL' ? childrenOf(child) : [];
    child.kill(signal);
    for (const worker of workers) process.kill(worker, signal);
    await over;
  };
  return { address, close: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}

/** Processes that a process has started; none where the system has no `pgrep`, and its workers notice by themselves. */
function childrenOf({ pid }: ChildProcess): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').filter(Boolean).map(Number);
}

/** Reads the one JSON document that `open --json` prints once it listens. */
function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    let errors = '';
    child.stderr?.on('data', (chunk) => (errors += chunk));
    child.stdout?.on('data', (chunk) => {
      text += chunk;
      try {
        resolve((JSON.parse(text) as { address: string }).address);
      } catch {
        // Not the whole document yet.
      }
    });
    child.on('error', reject);
    child.on('exit', (code) => reject(new Error(`Lacuna ended with ${code} before it listened:\n${text}${errors}`)));
  });
}
