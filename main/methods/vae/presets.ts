import { LACUNA_INPUT, REPORT_INPUT } from '../autoencoder/presets.ts';
import type { Preset } from '../method.ts';
import { citeseqPresets } from './citeseq-presets.ts';

export const vaePresets: readonly Preset[] = [
  {
    id: 'lacuna',
    title: 'Recommended',
    description:
      'Log-normalised values of the 2,000 most variable genes, one hidden layer, ten latent dimensions, β = 1, half of the input hidden while training, stopped when held-out cells no longer gain.',
    normalisation: LACUNA_INPUT,
    parameters: {
      hiddenLayers: '128',
      latentSize: 10,
      firstActivation: 'relu',
      beta: 1,
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
      'The settings as printed in the report: 128-32-16-6, β = 2, 200 epochs on z-scored values of all genes.',
    normalisation: REPORT_INPUT,
    parameters: { beta: 2 },
  },
  {
    id: 'code',
    title: 'As in the report’s code',
    description:
      'What the report’s code does: 800-400 encoder, 80-400-800 decoder, β = 2, batches of 240, 200 epochs on z-scored values of all genes.',
    normalisation: REPORT_INPUT,
    parameters: {
      hiddenLayers: '800-400',
      decoderLayers: '80-400-800',
      branches: false,
      spread: 'log-variance',
      beta: 2,
      batchSize: 240,
    },
  },
  ...citeseqPresets,
];
