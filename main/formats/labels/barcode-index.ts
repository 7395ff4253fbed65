/** Finds observations by barcode, with or without the number of the well behind it (`-1`). */
export class BarcodeIndex {
  readonly #exact: Map<string, number>;
  /** -1 where several observations differ by their suffix only. */
  readonly #bare = new Map<string, number>();

  constructor(names: readonly string[]) {
    this.#exact = new Map(names.map((name, i) => [name, i]));
    names.forEach((name, i) => {
      const bare = withoutSuffix(name);
      this.#bare.set(bare, this.#bare.has(bare) ? -1 : i);
    });
  }

  /** The observation, or -1. */
  find(barcode: string): number {
    const exact = this.#exact.get(barcode);
    if (exact !== undefined) return exact;
    const bare = withoutSuffix(barcode);
    const obs = this.#bare.get(bare) ?? -1;
    // 'AAAC-2' is another cell than 'AAAC-1': one of the two must be without a suffix.
    return obs >= 0 && (bare === barcode || this.#exact.has(bare)) ? obs : -1;
  }
}

function withoutSuffix(barcode: string): string {
  return barcode.replace(/-\d+$/, '');
}
