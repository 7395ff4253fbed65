/** The best held-out epoch so far, with its weights, and the decision to stop. */
export class EarlyStopping {
  best = Infinity;
  bestEpoch = 0;
  bestWeights: Record<string, Float32Array> | null = null;
  #patience: number;

  /** @param patience epochs without improvement before stopping; 0 never stops */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** Call after every epoch that has held-out observations. */
  consider(epoch: number, heldOutLoss: number, weights: () => Record<string, Float32Array>): void {
    if (heldOutLoss >= this.best) return;
    this.best = heldOutLoss;
    this.bestEpoch = epoch;
    // Without patience nothing is put back, so nothing need be kept.
    if (this.#patience > 0) this.bestWeights = weights();
  }

  shouldStop(epoch: number): boolean {
    return this.#patience > 0 && this.bestEpoch > 0 && epoch - this.bestEpoch >= this.#patience;
  }
}
