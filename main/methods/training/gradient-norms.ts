/** Steps of an epoch at which the gradient is measured, at most. */
const MEASURED = 4;

/** The largest gradient of an epoch, measured at a few steps spread over it. */
export class GradientNorms {
  readonly #every: number;
  #largest: number | null = null;

  /** @param nSteps of the epoch */
  constructor(nSteps: number) {
    this.#every = Math.ceil(nSteps / MEASURED);
  }

  /** @param step from 0 */
  isDue(step: number): boolean {
    return step % this.#every === 0;
  }

  /** Undefined for a step that was not measured; what is no number any more is left out. */
  add(norm: number | undefined): void {
    if (norm !== undefined && Number.isFinite(norm)) this.#largest = Math.max(norm, this.#largest ?? 0);
  }

  /** For the history of the training; nothing where nothing was measured. */
  term(): { gradientNorm?: number } {
    return this.#largest === null ? {} : { gradientNorm: this.#largest };
  }
}
