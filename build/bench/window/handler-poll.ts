import type { CoreClient } from './core-client.ts';

/** Asks a cheap question again and again, as long as it runs. */
export interface HandlerPoll {
  /** Forgets what was measured so far. */
  restart(): void;
  /** How long each answer took, ms. */
  latencies(): number[];
  stop(): void;
}

/** A question is asked every `every` milliseconds, whether or not the one before is answered. */
export function pollHandler(core: CoreClient, every = 50): HandlerPoll {
  let latencies: number[] = [];
  const timer = setInterval(() => {
    const kept = latencies;
    const asked = performance.now();
    core.app.info().then(
      () => kept.push(performance.now() - asked),
      () => kept.push(Infinity),
    );
  }, every);
  return {
    restart: () => (latencies = []),
    latencies: () => latencies,
    stop: () => clearInterval(timer),
  };
}
