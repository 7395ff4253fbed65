import { spawn } from 'node:child_process';

/**
 * Runs a program to its end without a terminal, and keeps what it printed.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<{ code: number | null, stdout: string, output: string }>} `code` is null when the program could not
 *   be started at all; `output` holds standard output and standard error as they came
 */
export function runCommand(command, args, options = {}) {
  return new Promise((settle) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    let stdout = '';
    let output = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => settle({ code: null, stdout, output: `${command}: ${error.message}` }));
    child.on('close', (code) => settle({ code: code ?? 1, stdout, output }));
  });
}

/**
 * The first and the last lines of a long output, which is where programs say what went wrong.
 *
 * @param {string} output
 * @param {number} [count] how many lines at most
 */
export function telltaleLines(output, count = 16) {
  const lines = output
    .trim()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '');
  if (lines.length <= count) return lines.join('\n');
  const half = Math.floor(count / 2);
  return [...lines.slice(0, half), '[…]', ...lines.slice(-half)].join('\n');
}
