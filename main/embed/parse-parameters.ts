import type { z } from 'zod';
import { LacunaError } from '../errors/lacuna-error.ts';

/**
 * Checks parameters against a schema and fills in its defaults; the names come in alphabetical order.
 * @throws LacunaError `bad-option` that names the parameter
 */
export function parseParameters<S extends z.ZodObject>(kind: string, schema: S, parameters: unknown): z.output<S> {
  const parsed = schema.safeParse(parameters);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const name = issue.path.join('.') || (issue.code === 'unrecognized_keys' ? issue.keys.join(', ') : kind);
    throw new LacunaError(
      'bad-option',
      `The parameter '${name}' of ${kind} is not right: ${issue.message}.`,
      `Its parameters are: ${Object.keys(schema.shape).join(', ') || 'none'}.`,
    );
  }
  return Object.fromEntries(Object.entries(parsed.data).sort(([a], [b]) => (a < b ? -1 : 1))) as z.output<S>;
}
