import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LaunchFolder } from './launch-folder.ts';

let parent: string;
beforeAll(() => {
  parent = mkdtempSync(join(tmpdir(), 'lacuna-parent-'));
});
afterAll(() => rmSync(parent, { recursive: true }));

test('it is for this person alone, holds folders, and is gone when it is removed', () => {
  const launch = new LaunchFolder(parent);
  const drops = launch.folder('drops', 'one');
  expect(statSync(launch.folder()).mode & 0o777).toBe(0o700);
  writeFileSync(join(drops, 'file'), 'x');
  expect(launch.folder('drops', 'one')).toBe(drops);
  const root = launch.folder();
  launch.remove();
  launch.remove();
  expect(existsSync(root)).toBe(false);
});

test('what a crashed launch left is removed, what belongs to a living one stays', () => {
  const { pid: gone } = spawnSync(process.execPath, ['-e', '0']);
  const left = join(parent, `lacuna-launch-${gone}-abc123`);
  const alive = join(parent, `lacuna-launch-${process.ppid}-abc123`);
  const foreign = join(parent, 'lacuna-something');
  for (const folder of [left, alive, foreign]) mkdirSync(folder);
  const launch = new LaunchFolder(parent);
  launch.folder();
  expect([left, alive, foreign].map((folder) => existsSync(folder))).toEqual([false, true, true]);
  launch.remove();
});

test('it goes with its process', () => {
  const module = join(import.meta.dirname, 'launch-folder.ts');
  const script = `const { LaunchFolder } = await import(${JSON.stringify(`file://${module}`)}); console.log(new LaunchFolder(${JSON.stringify(parent)}).folder('x'));`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout.trim()).toContain(parent);
  expect(existsSync(stdout.trim())).toBe(false);
});
