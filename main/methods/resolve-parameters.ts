import type { z } from 'zod';
import { LacunaError } from '../errors/lacuna-error.ts';
import { describeField } from './describe-method.ts';
import type { Method, Preset } from './method.ts';

/**
 * The preset of that id; without an id the method's default.
 *
 * @throws LacunaError `not-found`
 */
export function getPreset(method: Method, presetId?: string | null): Preset {
  const preset = presetId ? method.presets.find((candidate) => candidate.id === presetId) : method.presets[0];
  if (preset) return preset;
  const known = method.presets.map((candidate) => candidate.id);
  throw new LacunaError(
    'not-found',
    `The method '${method.id}' has no preset '${presetId}'.`,
    `Known presets: ${known.join(', ')}.`,
    { known },
  );
}

/**
 * Complete, checked parameters: the schema's defaults, then the preset's, then the person's. Texts are taken for
 * numbers and truth values where the field is one, so that `--set epochs=50` works.
 *
 * @throws LacunaError `bad-option` naming the field, what it expects and what was given; `not-found` for the preset
 */
export function resolveParameters(
  method: Method,
  presetId: string | null | undefined,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  const shape = method.parameters.shape as Record<string, z.ZodType>;
  const typed: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(overrides)) {
    if (!(key in shape)) {
      const known = Object.keys(shape);
      throw new LacunaError(
        'bad-option',
        `The method '${method.id}' has no setting '${key}'.`,
        `Known settings: ${known.join(', ')}.`,
        { field: key, known },
      );
    }
    typed[key] = fromText(value, describeField(key, shape[key]).type);
  }
  const parsed = method.parameters.safeParse({ ...getPreset(method, presetId).parameters, ...typed });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const key = String(issue.path[0]);
  const field = describeField(key, shape[key]);
  const given = key in typed ? typed[key] : undefined;
  throw new LacunaError(
    'bad-option',
    `The setting '${key}' (${field.label}) is ${JSON.stringify(given)}; expected ${expectationOf(field)}.`,
    'Correct the value, or leave it out to take the default.',
    { field: key, given: String(given), min: field.min, max: field.max },
  );
}

function fromText(value: unknown, type: string): unknown {
  if (typeof value !== 'string') return value;
  if ((type === 'integer' || type === 'number') && value.trim() !== '' && Number.isFinite(Number(value)))
    return Number(value);
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function expectationOf(field: ReturnType<typeof describeField>): string {
  if (field.options) return `one of ${field.options.join(', ')}`;
  const noun =
    field.type === 'integer'
      ? 'a whole number'
      : field.type === 'number'
        ? 'a number'
        : field.type === 'boolean'
          ? 'true or false'
          : `a text${field.pattern ? ` such as ${String(field.default)}` : ''}`;
  if (field.min !== null && field.max !== null) return `${noun} from ${field.min} to ${field.max}`;
  if (field.min !== null) return `${noun} of at least ${field.min}`;
  return noun;
}
