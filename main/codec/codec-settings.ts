import { LacunaError } from '../errors/lacuna-error.ts';
import { countsSettingsSchema, type CountsSettings } from './counts/counts-settings.ts';
import { sineSettingsSchema, type SineSettings } from './sine/sine-settings.ts';

/** Which codec, with its settings. */
export type CodecSettings = ({ scheme: 'counts' } & CountsSettings) | ({ scheme: 'sine' } & SineSettings);

/** A named way to compress. */
export interface CodecPreset {
  id: string;
  scheme: CodecSettings['scheme'];
  title: string;
  description: string;
  settings: Record<string, unknown>;
}

/** The first is the default. */
export const codecPresets: readonly CodecPreset[] = [
  {
    id: 'model',
    scheme: 'counts',
    title: 'Count model',
    description: 'Lossless: every count is coded by the probability that a trained count network gives it.',
    settings: {},
  },
  {
    id: 'genes',
    scheme: 'counts',
    title: 'Genes and library sizes',
    description: 'Lossless, without a network: one negative binomial per gene, scaled by the library size of the cell.',
    settings: { factors: 0 },
  },
  {
    id: 'sine',
    scheme: 'sine',
    title: 'Sine networks',
    description: 'Lossy: an index of the zeros, and small sine networks for the counts, as in the paper but smaller.',
    settings: {},
  },
  {
    id: 'sine-lossless',
    scheme: 'sine',
    title: 'Sine networks and what they miss',
    description: 'The same with weights of 8 bits and the misses stored: lossless.',
    settings: { lossless: true, weightBits: 8, width: 16 },
  },
  {
    id: 'paper',
    scheme: 'sine',
    title: 'As in the paper',
    description:
      'Ten sine layers of 2,400 units (51.9 million weights a patch) on logarithms. Takes hours without a graphics card.',
    settings: { width: 2400 },
  },
];

/**
 * Complete, checked settings: those of the preset, then the person's.
 *
 * @throws LacunaError `not-found` for the preset, `bad-option` naming the setting
 */
export function resolveCodecSettings(presetId: string, given: Record<string, unknown> = {}): CodecSettings {
  const preset = codecPresets.find(({ id }) => id === presetId);
  if (!preset) {
    throw new LacunaError(
      'not-found',
      `There is no way to compress called '${presetId}'.`,
      `Choose one of: ${codecPresets.map(({ id }) => id).join(', ')}.`,
    );
  }
  const schema = preset.scheme === 'counts' ? countsSettingsSchema : sineSettingsSchema;
  const unknown = Object.keys(given).find((key) => !(key in schema.shape));
  if (unknown !== undefined) {
    throw new LacunaError(
      'bad-option',
      `'${presetId}' has no setting '${unknown}'.`,
      `Its settings: ${Object.keys(schema.shape).join(', ')}.`,
    );
  }
  const parsed = schema.safeParse({ ...preset.settings, ...given });
  if (parsed.success) return { scheme: preset.scheme, ...parsed.data } as CodecSettings;
  const [issue] = parsed.error.issues;
  throw new LacunaError('bad-option', `${issue.path.join('.')}: ${issue.message}.`, 'See lacuna codec encode --help.');
}
