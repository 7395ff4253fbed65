import { z } from 'zod';
import { damaged } from './sqlite-error.ts';

/** Any JSON object. */
export const jsonObject = z.record(z.string(), z.unknown());

/** Names and numbers; NaN and infinities, which JSON lacks, are kept as words. */
export const numberRecord = z.record(
  z.string(),
  z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']).transform(Number)]),
);

/** The text of a number record that `numberRecord` reads back. */
export function numbersToJson(numbers: Record<string, number>): string {
  return JSON.stringify(numbers, (_key, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
}

/**
 * JSON text of the file, parsed by its schema.
 * @param where what the text belongs to: 'The recipe of dataset 3 …'
 * @throws LacunaError `project-damaged`
 */
export function parseStored<T>(schema: z.ZodType<T>, text: string, path: string, where: string): T {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (thrown) {
    throw damaged(path, `${where} cannot be read.`, thrown);
  }
  const result = schema.safeParse(json);
  if (!result.success) throw damaged(path, `${where} cannot be read: ${z.prettifyError(result.error)}`, result.error);
  return result.data;
}
