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

/** Input of the `lacuna` presets: log-normalised values of the variable genes, on a scale where a difference is a fold change. */
export const LACUNA_INPUT = normalisationSchema.parse({
  librarySize: 'cp10k',
  log1p: true,
  variableGenes: 2000,
  scale: 'none',
});

export const autoencoderPresets: readonly Preset[] = [
  {
    id: 'lacuna',
    title: 'Recommended',
    description:
      'Log-normalised values of the 2,000 most variable genes, one hidden layer, ten linear latent dimensions, half of the input hidden while training, stopped when held-out cells no longer gain.',
    normalisation: LACUNA_INPUT,
    parameters: {
      hiddenLayers: '128',
      latentSize: 10,
      latentActivation: 'linear',
      firstActivation: 'relu',
      inputDropout: 0.5,
      heldOutShare: 0.1,
      patience: 15,
      epochs: 300,
    },
  },
  {
    id: 'paper',
    title: 'As in the report',
    description:
      'The settings as printed in the report: 128-32-16-6, ReLU on the latent, 200 epochs on z-scored values of all genes.',
    normalisation: REPORT_INPUT,
    parameters: {},
  },
  {
    id: 'code',
    title: 'As in the report’s code',
    description:
      'What the report’s code does where it differs from the print: no ReLU on the latent, batches of 240 instead of 256.',
    normalisation: REPORT_INPUT,
    parameters: { latentActivation: 'linear', batchSize: 240 },
  },
];
