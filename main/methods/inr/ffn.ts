import { z } from 'zod';
import { widthsOf } from '../autoencoder/parameters.ts';
import type { Method } from '../method.ts';
import { batchSizeFor } from './batch-size.ts';
import { DETAIL_SHARES, sigmasToTry } from './detail-to-try.ts';
import { fieldCost } from './field-cost.ts';
import { heldOutError } from './held-out-error.ts';
import type { CoordinateShape } from './network/coordinate-network.ts';
import { FFN_PAPER, SUICA_INPUT } from './papers.ts';
import { fieldFields, scheduleOf } from './parameters.ts';
import { supportsPositions, tissuePositions } from './tissue-positions.ts';
import { trainRawField } from './train-raw-field.ts';
import { widthsField } from './widths.ts';

export const ffnParametersSchema = z.object({
  sigma: z
    .number()
    .min(0)
    .max(1000)
    .default(10)
    .meta({
      label: 'Detail σ',
      help: 'How fine the patterns may be: waves from the middle of the tissue to its rim. Large values suit dense spots and follow noise where spots are few. 0 chooses by held-out spots.',
      search: { low: 0.5, high: 30, log: true },
    }),
  nFrequencies: z.int().min(1).max(4096).default(256).meta({
    label: 'Fourier features',
    help: 'How many waves of random direction and length the network is given.',
    unit: 'waves',
    advanced: true,
  }),
  hiddenLayers: widthsField.default('2048-2048-2048').meta({
    label: 'Hidden layers',
    help: 'Widths of the layers between the waves and the genes.',
    search: { choices: ['128-128', '256-256', '256-256-256', '512-512'] },
  }),
  ...fieldFields,
});
export type FfnParameters = z.infer<typeof ffnParametersSchema>;

/** FFN on raw expression: random Fourier features of the position, then a ReLU network to all genes. */
export const ffn: Method<FfnParameters> = {
  id: 'ffn',
  title: 'Fourier feature network (FFN)',
  family: 'Implicit representations',
  question: 'space',
  description:
    'Learns every gene as a smooth function of the place in the tissue, from waves of many directions. It fills in places between the spots, and smooths the measured ones.',
  paper: FFN_PAPER,
  parameters: ffnParametersSchema,
  presets: [
    {
      id: 'lacuna',
      title: 'Recommended',
      description:
        'Small layers, detail chosen from the distance of the spots by held-out ones, genes started at their mean, last layer solved exactly.',
      normalisation: SUICA_INPUT,
      parameters: {
        sigma: 0,
        nFrequencies: 128,
        hiddenLayers: '128-128',
        epochs: 300,
        output: 'mean',
        solveOutput: true,
        aspect: 'keep',
        batchSize: 0,
        learningRate: 1e-3,
        heldOutShare: 0.1,
        patience: 20,
        trialEpochs: 40,
      },
    },
    {
      id: 'paper',
      title: 'As compared in the SUICA paper',
      description: 'σ = 10, 256 features, three layers of 2,048, ReLU output, 1,000 epochs.',
      normalisation: SUICA_INPUT,
      parameters: {},
    },
  ],
  heldOut: heldOutError('total', ({ sigma }) => sigma > 0),
  predictsUnseen: true,
  supports: supportsPositions,
  estimate: (facts, parameters, machine) => {
    const widths = [2 * parameters.nFrequencies, ...widthsOf(parameters.hiddenLayers)];
    const epochs = parameters.epochs + (parameters.sigma === 0 ? DETAIL_SHARES.length * parameters.trialEpochs : 0);
    return fieldCost(facts, machine, [{ widths, batchSize: batchSizeFor(parameters.batchSize, facts.nObs), epochs }]);
  },
  train: async (context) => {
    const { parameters } = context;
    const positions = await tissuePositions(context, parameters.aspect);
    const networkOf = (sigma: number): CoordinateShape => ({
      nDim: positions.nDim,
      encoding: { kind: 'fourier', nFrequencies: parameters.nFrequencies, sigma },
      hidden: widthsOf(parameters.hiddenLayers),
    });
    const sigmas = parameters.sigma > 0 ? [parameters.sigma] : sigmasToTry(positions);
    return trainRawField(context, positions, {
      candidates: sigmas.map(networkOf),
      trialEpochs: parameters.trialEpochs,
      output: parameters.output,
      solve: parameters.solveOutput,
      schedule: scheduleOf(parameters, context.data.nObs),
    });
  },
};
