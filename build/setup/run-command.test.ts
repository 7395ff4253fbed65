import { describe, expect, it } from 'vitest';
import { runCommand, telltaleLines } from './run-command.mjs';

describe('runCommand', () => {
  it('tells standard output from everything that was printed', async () => {
    const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
    const { code, stdout, output } = await runCommand(process.execPath, ['-e', script]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: 'out\n' });
    expect(output).toContain('err');
  });
  it('says that a program is not there', async () => {
    expect((await runCommand('no-such-program-here', [])).code).toBeNull();
  });
});

describe('telltaleLines', () => {
  it('keeps both ends of a long output', () => {
    const output = Array.from({ length: 100 }, (_, i) => `line ${i}`).join('\n\n');
    expect(telltaleLines(output, 4)).toBe('line 0\nline 1\n[…]\nline 98\nline 99');
  });
  it('leaves a short one alone', () => {
    expect(telltaleLines('a\nb\n')).toBe('a\nb');
  });
});
