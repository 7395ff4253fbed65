import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { telltaleLines, runCommand } from '../build/setup/run-command.mjs';
import { SetUpFailure } from '../build/setup/set-up-failure.mjs';
import { downloadWheels, unpackWheel } from './python.mjs';
import { requirementsOfExtra } from './wheel-metadata.mjs';

/** NVIDIA publishes under several tags; these are all that a system with glibc 2.27 can run. */
const PLATFORMS = ['2_27', '2_26', '2_25', '2_24', '2_17', '2_12', '2_5']
  .map((glibc) => `manylinux_${glibc}_x86_64`)
  .concat('manylinux2014_x86_64', 'manylinux2010_x86_64', 'manylinux1_x86_64');

/** Read from a wheel without unpacking it. */
const READ_METADATA = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    name = next(n for n in wheel.namelist() if n.endswith('.dist-info/METADATA'))
    sys.stdout.write(wheel.read(name).decode())
`;

/**
 * Fetches NVIDIA's CUDA 12 libraries, those that the TensorFlow wheel names under its extra `and-cuda`, so that only the
 * driver has to be on the machine.
 *
 * @param {string[]} python
 * @param {string} wheel TensorFlow's
 * @param {string} folder gets `nvidia/…`
 * @param {string} scratch for the wheels; emptied as they are unpacked
 * @returns {Promise<string[]>} file names of the wheels
 */
export async function addCudaLibraries(python, wheel, folder, scratch) {
  const [command, ...before] = python;
  const { code, stdout, output } = await runCommand(command, [...before, '-c', READ_METADATA, wheel]);
  const requirements = code === 0 ? requirementsOfExtra(stdout, 'and-cuda') : [];
  if (requirements.length === 0) {
    throw new SetUpFailure(
      `${wheel} does not say which CUDA libraries it needs.`,
      'Run: npm run setup -- --cuda',
      telltaleLines(output),
    );
  }
  const names = [];
  // One after the other: together they would need twice the space.
  for (const requirement of requirements) {
    const into = join(scratch, 'nvidia');
    mkdirSync(into, { recursive: true });
    const [name] = await downloadWheels(python, [requirement], PLATFORMS, into);
    await unpackWheel(python, join(into, name), folder, ['nvidia/']);
    names.push(name);
    rmSync(into, { recursive: true });
  }
  return names;
}
