import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { makeRuntime } from '../../native-deps/make-runtime.mjs';
import { isCurrent, readFlavour, writeFlavour } from './flavour.mjs';
import { pinnedNode } from './node-runtime.mjs';
import { PROJECT, TENSORFLOW_FOLDER } from './paths.mjs';
import { NAPI_VERSION, SYSTEM, TENSORFLOW_VERSION, WHEELS } from './pins.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { digestOf } from './stamps.mjs';

/** Counted up when the way in which the runtime is made changes, so that everybody makes it anew. */
const RECIPE = 1;

/**
 * Native TensorFlow. When it cannot be had, set-up goes on: the WebAssembly backend computes, and the reason is kept.
 *
 * @param {{ flavour: 'cpu' | 'cuda' | 'any', retry: boolean }} wanted
 * @param {(doing: string) => void} report
 * @returns {import('./step.mjs').Step}
 */
export function tensorflowStep(wanted, report) {
  const flavour = wanted.flavour === 'cuda' ? 'cuda' : 'cpu';
  return {
    title: `TensorFlow ${TENSORFLOW_VERSION}${flavour === 'cuda' ? ' for CUDA 12' : ''}`,
    cost:
      flavour === 'cuda'
        ? 'downloads about 3 GB, takes 6 GB on the disk'
        : `downloads ${WHEELS.cpu[SYSTEM]?.megabytes ?? 0} MB, takes about 650 MB on the disk`,
    isDone: () => process.env.LACUNA_BACKEND === 'wasm' || isCurrent(readFlavour(), { ...wanted, recipeOf }),
    async run() {
      try {
        const record = await makeRuntime(flavour, recipeOf(flavour), report, pinnedNode());
        return `${record.megabytes} MB; ${record.compiler}`;
      } catch (error) {
        // A person who asked for CUDA wants to know that it failed, and keeps what was there before.
        if (!(error instanceof SetUpFailure) || wanted.flavour !== 'any') throw error;
        rmSync(TENSORFLOW_FOLDER, { recursive: true, force: true });
        writeFlavour({
          flavour: 'none',
          recipe: recipeOf('cpu'),
          reason: `${error.message} ${error.advice}`,
          made: new Date().toISOString(),
          seconds: 0,
          megabytes: 0,
        });
        return [
          'NOT INSTALLED. Everything works, but trains several times slower, with the WebAssembly backend.',
          `${error.message} ${error.advice}`,
          ...(error.output ? [error.output] : []),
        ].join('\n');
      }
    },
  };
}

/** @param {'cpu' | 'cuda'} flavour */
function recipeOf(flavour) {
  const tfjs = join(PROJECT, 'node_modules', '@tensorflow', 'tfjs-node', 'package.json');
  const binding = existsSync(tfjs) ? JSON.parse(readFileSync(tfjs, 'utf8')).version : '';
  const wheel = WHEELS[flavour][SYSTEM]?.sha256 ?? '';
  return digestOf(String(RECIPE), TENSORFLOW_VERSION, String(NAPI_VERSION), flavour, wheel, binding).slice(0, 16);
}
