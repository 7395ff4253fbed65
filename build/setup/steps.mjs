import { bundleStep } from './bundles.mjs';
import { nodeStep } from './node-runtime.mjs';
import { npmStep } from './npm-dependencies.mjs';
import { tensorflowStep } from './tensorflow-step.mjs';
import { windowStep } from './window-step.mjs';

/**
 * The steps of set-up in their order.
 *
 * @param {{ flavour?: 'cpu' | 'cuda' | 'any', retry?: boolean, report?: (doing: string) => void }} [options]
 */
export function steps({ flavour = 'any', retry = false, report = () => {} } = {}) {
  return [nodeStep, npmStep, tensorflowStep({ flavour, retry }, report), bundleStep, windowStep];
}

/** Whether set-up has nothing left to do; answers within milliseconds. */
export function isSetUp() {
  return steps().every((step) => step.isDone());
}
