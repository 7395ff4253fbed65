import { normalisationSchema } from '../../preprocess/recipe.ts';
import type { Preset } from '../method.ts';

/** Input of the report (section 1.3): log-normalised to 10,000 counts, all genes; z-scored with a clip at 10 as in its code. */
export const REPORT_INPUT = normalisationSchema.parse({
  librarySize: 'cp10k',
  log1p: true,
  variableGenes: null,
  scale: 'zscore',
  clip: 10,
});

export const autoencoderPresets: readonly Preset[] = [
  {
    id: 'paper',
    title: 'As in the report',
    description:
      'The settings as printed in the report: 128-32-16-6, ReLU on the latent, 200 epochs on z-scored values of all genes.',
    normalisation: REPORT_INPUT,
    parameters: {},
  },
];
