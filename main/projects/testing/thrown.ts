import { LacunaError } from '../../errors/lacuna-error.ts';

/** The error that `body` throws, for a look at its code and words. */
export async function thrownBy(body: () => unknown): Promise<LacunaError> {
  try {
    await body();
  } catch (thrown) {
    if (thrown instanceof LacunaError) return thrown;
    throw new Error(`not a LacunaError: ${String(thrown)}`, { cause: thrown });
  }
  throw new Error('nothing was thrown');
}
