import type { AdamSettings } from './parameter-store.ts';

/**
 * The bias corrections of step `t` folded into the step size and ε, so that the update is
 * `w ← w − rate · m / (√v + epsilon)`, exactly algorithm 1.
 */
export function correctedStep(
  settings: AdamSettings,
  t: number,
  learningRate: number,
): { rate: number; epsilon: number } {
  const correction1 = 1 - settings.beta1 ** t;
  const correction2 = Math.sqrt(1 - settings.beta2 ** t);
  return { rate: (learningRate * correction2) / correction1, epsilon: settings.epsilon * correction2 };
}
