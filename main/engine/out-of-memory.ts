import { LacunaError } from '../errors/lacuna-error.ts';

const SIGNS =
  /out of memory|OOM when allocating|RESOURCE_EXHAUSTED|failed to allocate|Cannot enlarge memory|Array buffer allocation failed|bad_alloc|Invalid typed array length/i;

/** The tensor libraries' ways of saying that memory ran out, as the one error that says so; other errors pass. */
export function translateOutOfMemory(error: unknown): unknown {
  if (error instanceof LacunaError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (!SIGNS.test(message)) return error;
  return new LacunaError(
    'out-of-memory',
    'The computer ran out of memory while training.',
    'Close other programs, or choose fewer variable genes, a smaller batch or a smaller network.',
    { message: message.slice(0, 300) },
    error,
  );
}
