import type { z } from 'zod';
import { codecPresets, resolveCodecSettings, type CodecSettings } from '../../../codec/codec-settings.ts';
import { countsSettingsSchema } from '../../../codec/counts/counts-settings.ts';
import { sineSettingsSchema } from '../../../codec/sine/sine-settings.ts';
import { parseAssignment } from '../../cli-context.ts';

/** Settings from `--with` and `--set key=value`. @throws LacunaError `not-found`, `bad-option` */
export function settingsOf(presetId: string, assignments: readonly string[]): CodecSettings {
  const given = assignments.map(parseAssignment).map(([key, text]) => [key, valueOf(text)] as const);
  return resolveCodecSettings(presetId, Object.fromEntries(given));
}

/** The ways to compress and all their settings, for `--help`. */
export function settingsHelp(): string {
  const list = (title: string, schema: z.ZodObject): string =>
    [
      title,
      ...Object.entries(schema.shape).map(([key, field]) => {
        const meta = (field as z.ZodType).meta();
        const start = (schema.parse({}) as Record<string, unknown>)[key];
        return `  ${key.padEnd(14)}${typeof meta?.help === 'string' ? meta.help : ''} (${String(start)})`;
      }),
    ].join('\n');
  const ways = codecPresets.map(({ id, title, description }) => `  ${id.padEnd(14)}${title}. ${description}`);
  return [
    'Ways to compress (--with):',
    ...ways,
    '',
    list('Settings of model and genes (--set key=value):', countsSettingsSchema),
    '',
    list('Settings of sine, sine-lossless and paper:', sineSettingsSchema),
  ].join('\n');
}

function valueOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
