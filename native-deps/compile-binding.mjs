import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../build/setup/paths.mjs';
import { NAPI_VERSION } from '../build/setup/pins.mjs';
import { telltaleLines, runCommand } from '../build/setup/run-command.mjs';
import { SetUpFailure } from '../build/setup/set-up-failure.mjs';

const SOURCES = join(PROJECT, 'node_modules', '@tensorflow', 'tfjs-node');
const NODE_API = join(PROJECT, 'node_modules', 'node-api-headers');
const FILES = ['tfjs_backend.cc', 'tfjs_binding.cc'].map((name) => join(SOURCES, 'binding', name));

/**
 * Finds a C++ compiler, before anything large is downloaded.
 *
 * @returns {Promise<{ command: string, version: string }>}
 * @throws {SetUpFailure} when there is none
 */
export async function findCompiler() {
  if (process.platform === 'win32') {
    const { code, output } = await runCommand('cl', []);
    if (code === 0) return { command: 'cl', version: output.split(/\r?\n/)[0] };
    throw new SetUpFailure(
      'There is no C++ compiler (cl), which TensorFlow’s binding for Node is made with.',
      'Install the Visual Studio build tools, open their "x64 Native Tools" prompt, then run: npm run setup',
    );
  }
  for (const command of [process.env.CXX, 'c++', 'g++', 'clang++']) {
    if (!command) continue;
    const { code, output } = await runCommand(command, ['--version']);
    if (code === 0) return { command, version: output.split('\n')[0] };
  }
  throw new SetUpFailure(
    'There is no C++ compiler, which TensorFlow’s binding for Node is made with.',
    process.platform === 'darwin'
      ? 'Run: xcode-select --install. Then run: npm run setup'
      : 'Install one (Debian and Ubuntu: sudo apt install g++), then run: npm run setup',
  );
}

/**
 * Compiles the Node-API binding of `@tensorflow/tfjs-node` against the headers and libraries of the wheel.
 *
 * @param {string} compiler
 * @param {string} folder holds `tensorflow/`, as unpacked from the wheel
 * @param {string} target the `.node` file to make
 * @throws {SetUpFailure} with the compiler's last words
 */
export async function compileBinding(compiler, folder, target) {
  const include = join(folder, 'tensorflow', 'include');
  const commands =
    process.platform === 'win32'
      ? windowsCommands(folder, include, target)
      : [[compiler, ...unixArguments(folder, include, target)]];
  for (const [command, ...args] of commands) {
    const { code, output } = await runCommand(command, args, { cwd: folder });
    if (code !== 0) {
      throw new SetUpFailure(
        'TensorFlow’s binding for Node did not compile.',
        'Try another compiler (set CXX, for instance CXX=clang++), then run: npm run setup',
        telltaleLines(output),
      );
    }
  }
}

/**
 * Linux (built and tested) and macOS (not run): the libraries are found from where the binding lies.
 *
 * @param {string} folder
 * @param {string} include
 * @param {string} target
 * @returns {string[]}
 */
function unixArguments(folder, include, target) {
  const libraries = join(folder, 'tensorflow');
  const mac = process.platform === 'darwin';
  const rpath = mac ? '@loader_path/tensorflow' : '$ORIGIN/tensorflow';
  const names = ['cc', 'framework'].map((name) =>
    mac ? `libtensorflow_${name}.2.dylib` : `libtensorflow_${name}.so.2`,
  );
  const system = mac ? ['-undefined', 'dynamic_lookup'] : [];
  return [
    ...['-std=c++17', '-O2', '-fPIC', '-shared', `-DNAPI_VERSION=${NAPI_VERSION}`, '-DBUILDING_NODE_EXTENSION'],
    ...['-I', SOURCES, '-I', include, '-I', join(NODE_API, 'include')],
    ...FILES,
    ...names.map((name) => join(libraries, name)),
    ...[`-Wl,-rpath,${rpath}`, ...system, '-o', target],
  ];
}

/**
 * Windows (not run): the linker needs an import library for Node's own functions first.
 *
 * @param {string} folder
 * @param {string} include
 * @param {string} target
 * @returns {string[][]} commands, one after the other
 */
function windowsCommands(folder, include, target) {
  const nodeLibrary = join(folder, 'node_api.lib');
  copyFileSync(
    join(folder, 'tensorflow', 'python', '_pywrap_tensorflow_common.dll.if.lib'),
    join(folder, 'tensorflow_common.lib'),
  );
  return [
    ['lib', '/nologo', `/def:${join(NODE_API, 'def', 'node_api.def')}`, `/out:${nodeLibrary}`, '/machine:x64'],
    [
      ...['cl', '/nologo', '/std:c++17', '/O2', '/EHsc', '/MD', '/LD', '/DCOMPILER_MSVC'],
      ...[`/DNAPI_VERSION=${NAPI_VERSION}`, '/DBUILDING_NODE_EXTENSION'],
      ...[`/I${SOURCES}`, `/I${include}`, `/I${join(NODE_API, 'include')}`],
      ...FILES,
      ...['/link', nodeLibrary, join(folder, 'tensorflow_common.lib'), `/OUT:${target}`],
    ],
  ];
}
