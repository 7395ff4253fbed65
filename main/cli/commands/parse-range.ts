import { LacunaError } from '../../errors/lacuna-error.ts';
import { describeMethod, getMethod } from '../../methods/registry.ts';
import type { SearchDomainInput, SearchValue } from '../../search/search-domain.ts';
import { parseAssignment } from '../cli-context.ts';

/**
 * `alphaZ=0.01..1,log`, `inputDropout=0..0.8,step=0.1` or `hiddenLayers=64|128-32` as a range to search; values of a list
 * are taken for numbers and truth values where the setting is one.
 *
 * @throws LacunaError `bad-option`
 */
export function parseRange(methodId: string, text: string): [key: string, domain: SearchDomainInput] {
  const [key, range] = parseAssignment(text);
  const found = /^([^,]+?)\.\.([^,]+)((?:,(?:log|step=[^,]+))*)$/.exec(range);
  if (found) {
    const extras = found[3].split(',').filter((part) => part !== '');
    const step = extras.find((part) => part.startsWith('step='))?.slice('step='.length);
    return [
      key,
      {
        low: numberIn(text, found[1]),
        high: numberIn(text, found[2]),
        log: extras.includes('log'),
        ...(step === undefined ? {} : { step: numberIn(text, step) }),
      },
    ];
  }
  const type = describeMethod(getMethod(methodId)).fields.find((field) => field.key === key)?.type;
  const typed = (value: string): SearchValue => {
    if (type === 'integer' || type === 'number') return numberIn(text, value);
    return type === 'boolean' && (value === 'true' || value === 'false') ? value === 'true' : value;
  };
  return [key, { choices: range.split('|').map(typed) }];
}

function numberIn(range: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw new LacunaError(
    'bad-option',
    `'${range}' is no range: '${text}' is no number.`,
    'Write, for example, alphaZ=0.01..1,log or hiddenLayers=64|128-32.',
  );
}
