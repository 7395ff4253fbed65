/** Running means of loss terms over the batches of an epoch, weighted by their observations. */
export class LossAverage {
  #sums: Record<string, number> = {};
  #nObs = 0;

  add(terms: Record<string, number>, nObs: number): void {
    for (const [name, value] of Object.entries(terms)) this.#sums[name] = (this.#sums[name] ?? 0) + value * nObs;
    this.#nObs += nObs;
  }

  means(): Record<string, number> {
    return Object.fromEntries(Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#nObs]));
  }
}
