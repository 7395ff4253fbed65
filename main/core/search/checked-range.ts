import type { z } from 'zod';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { describeField } from '../../methods/describe-method.ts';
import type { Method } from '../../methods/method.ts';
import { searchDomainSchema, type SearchDomain } from '../../search/search-domain.ts';

/**
 * The range of a setting with everything that it is made of checked by the setting's own schema; whole numbers are
 * searched in whole steps.
 *
 * @throws LacunaError `bad-option` naming the setting and what it expects
 */
export function checkedRange(method: Method, key: string, written: unknown): SearchDomain {
  const shape = method.parameters.shape as Record<string, z.ZodType>;
  const wrong = (what: string): LacunaError =>
    new LacunaError('bad-option', `'${key}' of ${method.title} cannot be searched so: ${what}.`, 'Correct its range.', {
      field: key,
    });
  if (!(key in shape))
    throw new LacunaError(
      'bad-option',
      `The method '${method.id}' has no setting '${key}'.`,
      `Known settings: ${Object.keys(shape).join(', ')}.`,
      { field: key },
    );
  const field = describeField(key, shape[key]);
  if (key === 'heldOutShare') throw wrong('the cells that judge must be the same in all trials');
  const parsed = searchDomainSchema.safeParse(written);
  if (!parsed.success) throw wrong(parsed.error.issues[0].message);
  const domain = parsed.data;
  if ('choices' in domain) {
    const bad = domain.choices.find((choice) => !shape[key].safeParse(choice).success);
    if (bad !== undefined) throw wrong(`${JSON.stringify(bad)} is no value for it`);
    if (new Set(domain.choices).size < 2) throw wrong('expected at least two different values');
    return domain;
  }
  if (field.type !== 'integer' && field.type !== 'number') throw wrong('it is no number; expected a list of values');
  const isWhole = field.type === 'integer';
  if (isWhole && ![domain.low, domain.high, domain.step ?? 1].every(Number.isInteger))
    throw wrong('it takes whole numbers');
  for (const end of [domain.low, domain.high])
    if (!shape[key].safeParse(end).success)
      throw wrong(`${end} lies outside of what it takes (${field.min ?? '…'} to ${field.max ?? '…'})`);
  if (domain.step !== undefined && domain.step > domain.high - domain.low)
    throw wrong('the step is wider than the range');
  return isWhole ? { ...domain, step: domain.step ?? 1 } : domain;
}
