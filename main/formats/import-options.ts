import { LacunaError } from '../errors/lacuna-error.ts';
import type { ImportChoice, ImportOptions } from './format-reader.ts';

/** How the values are to be taken; every reader offers it. */
export const valuesChoice: ImportChoice = {
  key: 'values',
  label: 'Values',
  help: 'What the numbers are. Lacuna looks at them; say it yourself where it is wrong.',
  kind: 'one-of',
  options: [
    { value: 'auto', label: 'As found' },
    { value: 'counts', label: 'Raw counts' },
    { value: 'nonnegative', label: 'Normalised, not negative' },
    { value: 'real', label: 'Any numbers' },
  ],
  default: 'auto',
};

/**
 * The value of every choice: what was said, else the default.
 * @throws LacunaError `bad-option` for a key or value that there is not; it lists those there are
 */
export function resolveOptions(path: string, choices: readonly ImportChoice[], options: ImportOptions): ImportOptions {
  const known = new Map(choices.map((choice) => [choice.key, choice]));
  for (const [key, value] of Object.entries(options)) {
    const choice = known.get(key);
    if (choice === undefined) {
      const keys = [...known.keys()];
      throw new LacunaError(
        'bad-option',
        `There is no choice '${key}' for ${path}.`,
        `The choices are: ${keys.join(', ')}.`,
        { key, choices: keys },
      );
    }
    if (choice.kind === 'one-of-or-number' && /^[1-9]\d{0,5}$/.test(value)) continue;
    const values = choice.options.map((option) => option.value);
    const wrong = chosen(choice, value).find((one) => !values.includes(one));
    if (wrong !== undefined) {
      throw new LacunaError(
        'bad-option',
        `'${wrong}' is no value of '${key}' for ${path}.`,
        `The values are: ${values.join(', ')}${choice.kind === 'one-of-or-number' ? ', or a whole number from 1 to 999,999' : ''}.`,
        { key, value: wrong, values },
      );
    }
  }
  return Object.fromEntries(choices.map((choice) => [choice.key, options[choice.key] ?? choice.default]));
}

/** The single values of a many-of value; a flag is 'yes' or 'no'. */
export function chosen(choice: Pick<ImportChoice, 'kind'>, value: string): string[] {
  if (choice.kind !== 'many-of') return [value];
  return value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
