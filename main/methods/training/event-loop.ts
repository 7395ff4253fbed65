/** Lets waiting messages (cancel, above all) be heard between two batches. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
