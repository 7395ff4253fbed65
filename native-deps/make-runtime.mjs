import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BINDING, writeFlavour } from '../build/setup/flavour.mjs';
import { PROJECT, RUNTIME, TENSORFLOW_FOLDER } from '../build/setup/paths.mjs';
import { SYSTEM, TENSORFLOW_VERSION, WHEELS } from '../build/setup/pins.mjs';
import { telltaleLines, runCommand } from '../build/setup/run-command.mjs';
import { SetUpFailure } from '../build/setup/set-up-failure.mjs';
import { compileBinding, findCompiler } from './compile-binding.mjs';
import { addCudaLibraries } from './cuda-libraries.mjs';
import { membersOfWheel } from './layout.mjs';
import { downloadWheels, findPython, unpackWheel } from './python.mjs';
import { stripLibraries } from './strip-libraries.mjs';

/**
 * Makes `.runtime/tensorflow`: TensorFlow's libraries out of its Python wheel, and the binding of `@tensorflow/tfjs-node`
 * compiled against them. It is made beside the old one, tried, and only then takes its place.
 *
 * @param {'cpu' | 'cuda'} flavour
 * @param {string} recipe digest to record
 * @param {(doing: string) => void} report
 * @param {string} node the Node to try it with
 * @returns {Promise<import('../build/setup/flavour.mjs').FlavourRecord>}
 * @throws {SetUpFailure} in plain words, the old one still in place
 */
export async function makeRuntime(flavour, recipe, report, node) {
  const began = Date.now();
  const pin = WHEELS[flavour][SYSTEM];
  if (!pin) {
    throw new SetUpFailure(
      `There is no ready ${flavour === 'cuda' ? 'CUDA build of ' : ''}TensorFlow ${TENSORFLOW_VERSION} for ${process.platform} ${process.arch}.`,
      flavour === 'cuda'
        ? 'Use the CPU build: npm run setup -- --cpu'
        : 'Nothing can be done; the slower WebAssembly backend computes here.',
    );
  }
  report('looking for a compiler and for Python');
  const compiler = await findCompiler();
  const python = await findPython();

  const scratch = join(RUNTIME, 'tensorflow-download');
  const folder = join(RUNTIME, 'tensorflow-new');
  for (const path of [scratch, folder]) {
    rmSync(path, { recursive: true, force: true });
    mkdirSync(path, { recursive: true });
  }
  try {
    report(`downloading ${pin.project} ${TENSORFLOW_VERSION} (${pin.megabytes} MB)`);
    const requirement = `${pin.project}==${TENSORFLOW_VERSION} --hash=sha256:${pin.sha256}`;
    const [wheel] = await downloadWheels(python, [requirement], [pin.platform], scratch);

    report('unpacking');
    const members = membersOfWheel();
    await unpackWheel(python, join(scratch, wheel), folder, [...members.headers, ...members.libraries]);
    if (process.platform === 'win32') await addPythonLibrary(python, folder);
    let wheels = [wheel];
    if (flavour === 'cuda') {
      report('downloading NVIDIA’s CUDA 12 libraries (about 2.5 GB)');
      wheels = [wheel, ...(await addCudaLibraries(python, join(scratch, wheel), folder, scratch))];
    }
    rmSync(scratch, { recursive: true, force: true });

    report('compiling the binding');
    await stripLibraries(members.libraries.map((member) => join(folder, member)));
    await compileBinding(compiler.command, folder, join(folder, BINDING));

    report('trying it');
    const version = await tryBinding(node, join(folder, BINDING));
    const record = {
      flavour,
      recipe,
      tensorflow: version,
      wheels,
      compiler: compiler.version,
      made: new Date().toISOString(),
      seconds: Math.round((Date.now() - began) / 1000),
      megabytes: megabytesOf(folder),
    };
    writeFlavour(record, folder);
    rmSync(TENSORFLOW_FOLDER, { recursive: true, force: true });
    renameSync(folder, TENSORFLOW_FOLDER);
    return record;
  } finally {
    for (const path of [scratch, folder]) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * Not run: TensorFlow's library for Windows asks for the `python312.dll` of the Python that its wheel is made for, and
 * Windows looks for libraries beside the binding.
 *
 * @param {string[]} python
 * @param {string} folder
 */
async function addPythonLibrary(python, folder) {
  const [command, ...before] = python;
  const { stdout } = await runCommand(command, [...before, '-c', 'import sys; print(sys.base_prefix)']);
  copyFileSync(join(stdout.trim(), 'python312.dll'), join(folder, 'python312.dll'));
  const library = join('tensorflow', 'python', '_pywrap_tensorflow_common.dll');
  renameSync(join(folder, library), join(folder, '_pywrap_tensorflow_common.dll'));
}

/**
 * @param {string} node
 * @param {string} binding
 * @returns {Promise<string>} TensorFlow's version, as the library itself says
 */
async function tryBinding(node, binding) {
  const { code, stdout, output } = await runCommand(
    node,
    [join(PROJECT, 'native-deps', 'verify-binding.mjs'), binding],
    {
      cwd: PROJECT,
      env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '2' },
    },
  );
  if (code !== 0) {
    throw new SetUpFailure(
      'TensorFlow was installed but does not run on this machine.',
      'Its processor or system may be older than TensorFlow asks for (AVX and glibc 2.27); the lines above say more.',
      telltaleLines(output),
    );
  }
  return stdout.trim().split('\n').at(-1) ?? '';
}

/** @param {string} folder */
function megabytesOf(folder) {
  const bytes = readdirSync(folder, { recursive: true })
    .map((name) => statSync(join(folder, String(name))))
    .reduce((sum, stat) => sum + (stat.isFile() ? stat.size : 0), 0);
  return Math.round(bytes / 1e6);
}
