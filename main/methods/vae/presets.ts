import { REPORT_INPUT } from '../autoencoder/presets.ts';
import type { Preset } from '../method.ts';

export const vaePresets: readonly Preset[] = [
  {
    id: 'paper',
    title: 'As in the report',
    description:
      'The settings as printed in the report: 128-32-16-6, β = 2, 200 epochs on z-scored values of all genes.',
    normalisation: REPORT_INPUT,
    parameters: { beta: 2 },
  },
];
