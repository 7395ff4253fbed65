import { LacunaError } from '../../errors/lacuna-error.ts';

/**
 * Names of obs columns from the text of a setting: `batch, donor`, or a JSON list where a name holds a comma. None where a
 * method has no such setting.
 *
 * @throws LacunaError `bad-option` for a list that is not one of texts
 */
export function covariateNames(text: unknown): string[] {
  const trimmed = typeof text === 'string' ? text.trim() : '';
  if (!trimmed.startsWith('[')) {
    const names = trimmed.split(',').map((name) => name.trim());
    return [...new Set(names.filter((name) => name !== ''))];
  }
  const parsed = listOf(trimmed);
  if (Array.isArray(parsed) && parsed.every((name) => typeof name === 'string')) return [...new Set(parsed)];
  throw new LacunaError(
    'bad-option',
    `The covariates are ${trimmed}; expected names of obs columns.`,
    'Write them as batch,donor, or as a JSON list of texts.',
  );
}

function listOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Names of obs columns as the text that `covariateNames` reads back. */
export function covariateText(names: readonly string[]): string {
  const plain = names.every((name) => !/[,[]/.test(name) && name === name.trim() && name !== '');
  return plain ? names.join(',') : JSON.stringify(names);
}
