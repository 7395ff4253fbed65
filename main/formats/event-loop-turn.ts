/** Lets timers, messages and cancel clicks through between two pieces of long synchronous work. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
