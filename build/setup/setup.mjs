/**
 * Brings everything that Lacuna needs on this machine, and skips what is there:
 *
 *     npm run setup               (npm test, npm run demo and npm run lacuna do it by themselves)
 *     npm run setup -- --cuda     the CUDA 12 build of TensorFlow, for NVIDIA graphics cards on Linux
 *     npm run setup -- --cpu      back to the CPU build
 *
 * Runs on Node 18 or newer, without any package.
 */
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLock } from './lock.mjs';
import { nodeStep, ownNodeIsEnough } from './node-runtime.mjs';
import { NODE_BINARY, NODE_FOLDER, RUNTIME } from './paths.mjs';
import { Progress } from './progress.mjs';
import { SetUpFailure } from './set-up-failure.mjs';
import { steps } from './steps.mjs';

const USAGE = 'Usage: npm run setup [-- --cpu | --cuda]';

/** @param {string[]} args */
async function main(args) {
  const unknown = args.filter((arg) => !['--cpu', '--cuda', '--quiet', '--again'].includes(arg));
  if (unknown.length > 0) {
    console.error(`Unknown option: ${unknown.join(' ')}\n${USAGE}`);
    return 2;
  }
  const progress = new Progress();
  const flavour = args.includes('--cuda') ? 'cuda' : args.includes('--cpu') ? 'cpu' : 'any';
  // Asked for by hand, set-up tries again what failed before; started by another command it does not.
  const list = steps({ flavour, retry: !args.includes('--quiet'), report: (doing) => progress.step(doing) });
  const waiting = () => progress.say('Another set-up is at work here; waiting for it …');
  const release = await takeLock(waiting);
  try {
    let first = !args.includes('--again');
    for (const [index, step] of list.entries()) {
      if (step.isDone()) {
        const told = args.includes('--quiet') || (step === nodeStep && args.includes('--again'));
        if (!told) progress.say(`[${index + 1}/${list.length}] ${step.title}: done before`);
      } else {
        if (first) progress.say(`Setting up Lacuna in ${RUNTIME} (once; what is done is skipped next time)`);
        first = false;
        progress.begin(`[${index + 1}/${list.length}] ${step.title} (${step.cost})`);
        progress.end(await step.run());
      }
      if (step === nodeStep && !ownNodeIsEnough()) {
        release();
        return runAgainUnderPinnedNode(args);
      }
    }
    return 0;
  } catch (error) {
    if (!(error instanceof SetUpFailure)) throw error;
    progress.end('FAILED');
    if (error.output) progress.say(error.output.replace(/^/gm, '      | '));
    progress.say(`${error.message}\nWhat to do: ${error.advice}`);
    return 1;
  } finally {
    release();
  }
}

/** @param {string[]} args */
function runAgainUnderPinnedNode(args) {
  const { status, error } = spawnSync(NODE_BINARY, [fileURLToPath(import.meta.url), ...args, '--again'], {
    stdio: 'inherit',
    env: { ...process.env, PATH: `${NODE_FOLDER}${delimiter}${process.env.PATH ?? ''}` },
  });
  if (error) console.error(`${NODE_BINARY} could not be started: ${error.message}`);
  return status ?? 1;
}

process.exitCode = await main(process.argv.slice(2));
