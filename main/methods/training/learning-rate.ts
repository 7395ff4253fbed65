/** How the learning rate changes while training. */
export interface RatePlan {
  /** From `initial` down by `factor` an epoch until the rate of the optimiser is reached. */
  decay?: { initial: number; factor: number };
  /** Falls by `factor` whenever the held-out loss has not gained enough for `patience` epochs. */
  plateau?: {
    patience: number;
    factor: number;
    /** What counts as a gain: this much, or this share of the best loss. */
    minGain: number;
    relative: boolean;
  };
}

interface RateState {
  factor: number;
  best: number | null;
  waited: number;
}

/** The learning rate of every epoch; its state is part of each checkpoint. */
export class LearningRate {
  readonly #base: number;
  readonly #plan: RatePlan;
  #state: RateState = { factor: 1, best: null, waited: 0 };

  constructor(base: number, plan: RatePlan = {}) {
    this.#base = base;
    this.#plan = plan;
  }

  /** @param epoch from 1 */
  at(epoch: number): number {
    const { decay } = this.#plan;
    const rate = decay ? Math.max(this.#base, decay.initial * decay.factor ** (epoch - 1)) : this.#base;
    return rate * this.#state.factor;
  }

  /** Call after every epoch that has held-out observations. */
  consider(heldOutLoss: number): void {
    const { plateau } = this.#plan;
    if (!plateau) return;
    const { best, waited, factor } = this.#state;
    const gain = plateau.relative ? plateau.minGain * Math.abs(best ?? 0) : plateau.minGain;
    if (best === null || heldOutLoss < best - gain) {
      this.#state = { factor, best: heldOutLoss, waited: 0 };
    } else if (waited + 1 < plateau.patience) {
      this.#state = { factor, best, waited: waited + 1 };
    } else {
      this.#state = { factor: factor * plateau.factor, best, waited: 0 };
    }
  }

  state(): unknown {
    return this.#state;
  }

  /** Puts back what `state` gave; nothing where a checkpoint has none. */
  restore(state: unknown): void {
    if (state) this.#state = state as RateState;
  }
}
