import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test, vi } from 'vitest';
import { isProcessAlive, processMark } from './process-mark.ts';

test('a process is alive until it ends', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  await once(child, 'spawn');
  const mark = processMark(child.pid);
  expect(isProcessAlive(mark)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(isProcessAlive(mark)).toBe(false);
});

test('this process is alive; no mark, another machine and another start are not', () => {
  expect(isProcessAlive(processMark())).toBe(true);
  expect(isProcessAlive(undefined)).toBe(false);
  expect(isProcessAlive(`elsewhere:${process.pid}:`)).toBe(false);
  const [host, pid, started] = processMark().split(':');
  if (started !== '') expect(isProcessAlive(`${host}:${pid}:1`)).toBe(false);
});

test.runIf(process.platform === 'linux')(
  'one that was killed and that nobody has asked how it ended is gone',
  async () => {
    // A parent that never asks.
    const parent = spawn('sh', ['-c', 'sleep 60 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const [line] = (await once(parent.stdout, 'data')) as [Buffer];
      const pid = Number(line.toString());
      const mark = processMark(pid);
      expect(isProcessAlive(mark)).toBe(true);
      process.kill(pid, 'SIGKILL');
      await vi.waitUntil(() => !isProcessAlive(mark));
      // It keeps its number all the same.
      expect(() => process.kill(pid, 0)).not.toThrow();
    } finally {
      parent.kill('SIGKILL');
    }
  },
);
