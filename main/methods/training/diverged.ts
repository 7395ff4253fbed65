import { LacunaError } from '../../errors/lacuna-error.ts';

/** Whether every loss term is a number that training can go on with. */
export function areFinite(terms: Record<string, number>): boolean {
  return Object.values(terms).every(Number.isFinite);
}

/** @throws LacunaError `diverged` when a loss term is not a finite number. */
export function checkFinite(terms: Record<string, number>, epoch: number, learningRate: number): void {
  for (const [name, value] of Object.entries(terms)) {
    if (Number.isFinite(value)) continue;
    throw new LacunaError(
      'diverged',
      `Training broke down in epoch ${epoch}: the loss '${name}' became ${Number.isNaN(value) ? 'not a number' : 'infinite'}.`,
      `The steps had become too large for the values that went in. Choose a smaller learning rate (now ${learningRate}; try ${learningRate / 10}), or prepare the data with log(1 + x) or z-scores if very large counts are in it.`,
      { epoch, term: name, learningRate },
    );
  }
}
