import { spawn } from 'node:child_process';
import { describe, expect, it, vi } from 'vitest';
import type { WorkerExit } from '../main/jobs/worker/worker-launcher.ts';
import { utilityProcess } from './testing/fake-electron.ts';

vi.mock('electron', () => import('./testing/fake-electron.ts'));
const { utilityWorkerLauncher } = await import('./utility-worker.ts');

function launch() {
  const worker = utilityWorkerLauncher('/app/worker.js', { LACUNA_TENSORFLOW_DIR: '/tf' }).launch();
  const { child, options, program } = utilityProcess.forks.at(-1)!;
  const ended = new Promise<WorkerExit>((resolve) => worker.onExit(resolve));
  return { worker, child, options, program, ended };
}

describe('a worker as a utility process', () => {
  it('gets its program, its variables and a heap limit that Electron can give', () => {
    const { program, options } = launch();
    expect(program).toBe('/app/worker.js');
    expect(options.env).toMatchObject({ PATH: process.env.PATH, LACUNA_TENSORFLOW_DIR: '/tf' });
    expect(options.stdio).toEqual(['ignore', 'ignore', 'pipe']);
    const megabytes = Number(/--max-old-space-size=(\d+)/.exec((options.execArgv as string[]).join(' '))![1]);
    expect(megabytes).toBeLessThanOrEqual(4096);
    expect(megabytes).toBeGreaterThanOrEqual(1024);
  });

  it('sends and hears plain messages', () => {
    const { worker, child } = launch();
    const heard: unknown[] = [];
    worker.onMessage((message) => heard.push(message));
    worker.send({ type: 'cancel' });
    child.emit('message', { type: 'ready' });
    expect(child.posted).toEqual([{ type: 'cancel' }]);
    expect(heard).toEqual([{ type: 'ready' }]);
  });

  it('tells its end once, with its last words, even those that come after it', async () => {
    const { worker, child, ended } = launch();
    child.stderr.emit('data', 'Array buffer ');
    child.emit('exit', 1);
    child.stderr.emit('data', 'allocation failed');
    child.stderr.emit('end');
    expect(await ended).toEqual({ code: 1, signal: null, stderr: 'Array buffer allocation failed' });
    worker.send('late');
    expect(child.posted).toEqual([]);
  });

  it('does not wait for last words that never end', async () => {
    const { child, ended } = launch();
    child.emit('exit', 0);
    expect(await ended).toEqual({ code: 0, signal: null, stderr: '' });
  });

  it('keeps what V8 said when it gave up', async () => {
    const { child, ended } = launch();
    child.emit('error', 'FatalError', 'Reached heap limit', '{}');
    child.emit('exit', 6);
    expect((await ended).stderr).toContain('FatalError at Reached heap limit');
  });

  it.skipIf(process.platform === 'win32')('names the signal that ended it', async () => {
    const { child, ended } = launch();
    child.emit('exit', 137);
    expect(await ended).toMatchObject({ code: null, signal: 'SIGKILL' });
  });

  it('ends a running process without asking, and one that has not begun as soon as it can', async () => {
    const victim = spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000)']);
    const gone = new Promise((resolve) => victim.on('exit', (_code, signal) => resolve(signal)));
    const { worker, child } = launch();
    worker.kill();
    expect(child.terminated).toBe(1);
    child.pid = victim.pid;
    child.emit('spawn');
    expect(await gone).toBe('SIGKILL');
    expect(worker.pid).toBe(victim.pid);
  });
});
