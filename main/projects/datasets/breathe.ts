import { setImmediate } from 'node:timers/promises';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';

/**
 * Lets timers and messages in once per chunk, so that a cancel that arrives while only synchronous work is done is
 * heard.
 * @throws LacunaError `cancelled`
 */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  throwIfCancelled(signal);
}
