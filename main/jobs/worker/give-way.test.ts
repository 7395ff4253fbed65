import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** In a process of its own: a priority that was lowered cannot be raised again. */
function prioritiesAfterwards(): number[] {
  const program = `
    import { readdirSync } from 'node:fs';
    import { getPriority } from 'node:os';
    import { giveWay } from ${JSON.stringify(new URL('./give-way.ts', import.meta.url).href)};
    giveWay();
    const threads = process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : [0];
    console.log(JSON.stringify(threads.map((id) => getPriority(id))));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  return JSON.parse(stdout) as number[];
}

describe('a compute process', () => {
  it('lets others go first with every thread that it has', () => {
    const priorities = prioritiesAfterwards();
    expect(priorities.length).toBeGreaterThan(0);
    for (const priority of priorities) expect(priority).toBeGreaterThanOrEqual(7);
  });
});
