import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { telltaleLines, runCommand } from '../build/setup/run-command.mjs';
import { SetUpFailure } from '../build/setup/set-up-failure.mjs';

const UNPACK = join(dirname(fileURLToPath(import.meta.url)), 'unpack_wheel.py');

/**
 * Finds a Python 3 that has pip.
 *
 * @returns {Promise<string[]>} the command and what comes before its arguments
 * @throws {SetUpFailure} when there is none
 */
export async function findPython() {
  // On Windows it must be 3.12, because TensorFlow's library there needs the python312.dll of that Python.
  const candidates = process.platform === 'win32' ? [['py', '-3.12']] : [['python3'], ['python']];
  let seen = '';
  for (const [command, ...before] of candidates) {
    const { code, output } = await runCommand(command, [...before, '-m', 'pip', '--version']);
    if (code === 0 && /\(python 3\./.test(output)) return [command, ...before];
    seen = telltaleLines(output, 3) || seen;
  }
  throw new SetUpFailure(
    'There is no Python 3 with pip, which fetches TensorFlow.',
    'Install Python 3 with pip (Debian and Ubuntu: sudo apt install python3-pip), then run: npm run setup',
    seen,
  );
}

/**
 * Downloads wheels for a platform, whatever the version of the Python that fetches them.
 *
 * @param {string[]} python
 * @param {string[]} requirements each one as in a requirements file, optionally with `--hash=sha256:…`
 * @param {string[]} platforms wheel platform tags, best first
 * @param {string} folder where they go; nothing else may lie there
 * @returns {Promise<string[]>} their file names
 * @throws {SetUpFailure} when the index cannot be reached or has no such wheel
 */
export async function downloadWheels(python, requirements, platforms, folder) {
  const [command, ...before] = python;
  const list = join(folder, 'requirements.txt');
  writeFileSync(list, `${requirements.join('\n')}\n`);
  const { code, output } = await runCommand(command, [
    ...before,
    ...['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '--no-cache-dir', '--no-input'],
    ...['--disable-pip-version-check', '--progress-bar', 'off', '--python-version', '3.12', '--implementation', 'cp'],
    ...platforms.flatMap((platform) => ['--platform', platform]),
    ...['--dest', folder, '--requirement', list],
  ]);
  if (code !== 0) {
    throw new SetUpFailure(
      `pip could not fetch ${requirements.map((line) => line.split(/\s/)[0]).join(', ')}.`,
      'Check the network, pip’s proxy or index settings and the space on the disk, then run: npm run setup',
      telltaleLines(output),
    );
  }
  return readdirSync(folder).filter((name) => name.endsWith('.whl'));
}

/**
 * Unpacks chosen members of a wheel.
 *
 * @param {string[]} python
 * @param {string} wheel
 * @param {string} folder
 * @param {string[]} members see unpack_wheel.py
 * @throws {SetUpFailure} when the wheel is damaged or lacks a member
 */
export async function unpackWheel(python, wheel, folder, members) {
  const [command, ...before] = python;
  const { code, output } = await runCommand(command, [...before, UNPACK, wheel, folder, ...members]);
  if (code !== 0) {
    throw new SetUpFailure(
      `${wheel} could not be unpacked.`,
      'Make sure that the disk has 3 GB free (the CUDA build: 12 GB), then run: npm run setup',
      telltaleLines(output),
    );
  }
}
