import { z } from 'zod';
import { widthsOf } from '../autoencoder/parameters.ts';
import { DETAIL_SHARES, omegasToTry, sigmasToTry } from './detail-to-try.ts';
import type { CoordinateShape } from './network/coordinate-network.ts';
import type { TissuePositions } from './tissue-positions.ts';
import { widthsField } from './widths.ts';

/** Settings of a network from position to an embedding; the defaults are SUICA's. */
export const networkChoiceFields = {
  network: z.enum(['fourier', 'siren']).default('fourier').meta({
    label: 'Network of position',
    help: 'Fourier features for dense spots, SIREN for few spots far apart, says the SUICA paper.',
  }),
  sigma: z
    .number()
    .min(0)
    .max(1000)
    .default(10)
    .meta({
      label: 'Detail σ',
      help: 'Of Fourier features: how fine the patterns may be, in waves from the middle of the tissue to its rim. 0 chooses by held-out spots.',
      search: { low: 0.5, high: 30, log: true },
    }),
  omega: z.number().min(0).max(1000).default(30).meta({
    label: 'Detail ω',
    help: 'Of SIREN: speed of its sine waves. 0 chooses by held-out spots.',
  }),
  nFrequencies: z.int().min(1).max(4096).default(256).meta({
    label: 'Fourier features',
    help: 'How many waves of random direction and length the network of position is given.',
    unit: 'waves',
    advanced: true,
  }),
  fieldLayers: widthsField.default('2048-2048-2048').meta({
    label: 'Layers of the network of position',
    help: 'Widths of the layers between the position and the embedding.',
    search: { choices: ['128-128', '256-256', '256-256-256', '512-512'] },
  }),
  members: z.int().min(1).max(16).default(1).meta({
    label: 'Networks averaged',
    help: 'Several networks with different first values, whose mean is steadier than one.',
    unit: 'networks',
    advanced: true,
  }),
  trialEpochs: z.int().min(1).max(10_000).default(100).meta({
    label: 'Epochs of a trial',
    help: 'When the detail is chosen by trial: how long each one is trained.',
    unit: 'epochs',
    advanced: true,
  }),
};
type NetworkChoice = z.infer<z.ZodObject<typeof networkChoiceFields>>;

/** The networks that these settings leave to choose from, coarse to fine; one when the detail is given. */
export function networksToTry(choice: NetworkChoice, positions: TissuePositions): CoordinateShape[] {
  const { network, sigma, omega, nFrequencies } = choice;
  const base = { nDim: positions.nDim, hidden: widthsOf(choice.fieldLayers) };
  if (network === 'siren')
    return (omega > 0 ? [omega] : omegasToTry(positions)).map((value) => ({
      ...base,
      encoding: { kind: 'sine', omega: value },
    }));
  return (sigma > 0 ? [sigma] : sigmasToTry(positions)).map((value) => ({
    ...base,
    encoding: { kind: 'fourier', nFrequencies, sigma: value },
  }));
}

/** Epochs of all trials, if the detail is to be chosen. */
export function trialEpochsOf({ network, sigma, omega, trialEpochs }: NetworkChoice): number {
  return (network === 'siren' ? omega : sigma) === 0 ? DETAIL_SHARES.length * trialEpochs : 0;
}

/** Widths of its layers, for estimates. */
export function networkWidths({ network, nFrequencies, fieldLayers }: NetworkChoice): number[] {
  return [network === 'siren' ? 2 : 2 * nFrequencies, ...widthsOf(fieldLayers)];
}
