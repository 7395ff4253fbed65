import { z } from 'zod';
import { ADAM_DEFAULTS } from '../../engine/optimiser/parameter-store.ts';
import { widthsOf } from '../autoencoder/parameters.ts';
import type { Method } from '../method.ts';
import { batchSizeFor } from './batch-size.ts';
import { DETAIL_SHARES, finestGridsToTry } from './detail-to-try.ts';
import { fieldCost } from './field-cost.ts';
import { heldOutError } from './held-out-error.ts';
import type { CoordinateShape } from './network/coordinate-network.ts';
import { NGP_PAPER, SUICA_INPUT } from './papers.ts';
import { fieldFields, scheduleOf } from './parameters.ts';
import { supportsPositions, tissuePositions } from './tissue-positions.ts';
import { trainRawField } from './train-raw-field.ts';
import { widthsField } from './widths.ts';

export const ngpParametersSchema = z.object({
  finest: z
    .int()
    .min(0)
    .max(65_536)
    .default(512)
    .meta({
      label: 'Finest grid',
      help: 'Cells along the tissue in the finest grid. More show finer patterns and follow noise where spots are few. 0 chooses by held-out spots.',
      unit: 'cells',
      search: { low: 8, high: 512, log: true },
    }),
  coarsest: z.int().min(1).max(4096).default(16).meta({
    label: 'Coarsest grid',
    help: 'Cells along the tissue in the coarsest grid; never more than in the finest.',
    unit: 'cells',
    advanced: true,
  }),
  levels: z
    .int()
    .min(1)
    .max(32)
    .default(16)
    .meta({
      label: 'Grids',
      help: 'How many grids lie between the coarsest and the finest.',
      unit: 'grids',
      search: { low: 2, high: 16 },
      advanced: true,
    }),
  features: z.int().min(1).max(16).default(2).meta({
    label: 'Features per grid point',
    help: 'Learned numbers at every point of every grid.',
    unit: 'features',
    advanced: true,
  }),
  log2TableSize: z.int().min(4).max(22).default(14).meta({
    label: 'Table size, log₂',
    help: 'Entries of the table of a grid, as a power of two; grids with more points share entries.',
    advanced: true,
  }),
  hiddenLayers: widthsField.default('64-64').meta({
    label: 'Hidden layers',
    help: 'Widths of the layers between the grids and the genes.',
    search: { choices: ['32', '64', '64-64', '128-128'] },
  }),
  ...fieldFields,
  learningRate: fieldFields.learningRate.default(1e-2).meta(fieldFields.learningRate.meta()!),
});
export type NgpParameters = z.infer<typeof ngpParametersSchema>;

/** NGP on raw expression: learned features on grids from coarse to fine, then a small network to all genes. */
export const ngp: Method<NgpParameters> = {
  id: 'ngp',
  title: 'Hash grid (NGP)',
  family: 'Implicit representations',
  question: 'space',
  description:
    'Lays grids from coarse to fine over the tissue, learns a few numbers at every grid point and turns them into genes. Quick, and made for dense spots; between few spots it knows little.',
  paper: NGP_PAPER,
  parameters: ngpParametersSchema,
  presets: [
    {
      id: 'lacuna',
      title: 'Recommended',
      description:
        'Eight grids, the finest chosen from the distance of the spots by held-out ones, genes started at their mean, last layer solved exactly.',
      normalisation: SUICA_INPUT,
      parameters: {
        finest: 0,
        coarsest: 2,
        levels: 8,
        epochs: 200,
        output: 'mean',
        solveOutput: true,
        aspect: 'keep',
        batchSize: 0,
        learningRate: 1e-2,
        heldOutShare: 0.1,
        patience: 20,
        trialEpochs: 30,
      },
    },
    {
      id: 'paper',
      title: 'As in the paper',
      description: '16 grids from 16 to 512 cells, two features, two layers of 64, ReLU output, 1,000 epochs.',
      normalisation: SUICA_INPUT,
      parameters: {},
    },
  ],
  heldOut: heldOutError('total', ({ finest }) => finest > 0),
  predictsUnseen: true,
  supports: supportsPositions,
  estimate: (facts, parameters, machine) => {
    const { levels, features, log2TableSize, batchSize } = parameters;
    const epochs = parameters.epochs + (parameters.finest === 0 ? DETAIL_SHARES.length * parameters.trialEpochs : 0);
    const widths = [levels * features, ...widthsOf(parameters.hiddenLayers)];
    const cost = fieldCost(facts, machine, [{ widths, batchSize: batchSizeFor(batchSize, facts.nObs), epochs }]);
    // The table with its gradient, moments and best epoch.
    return { ...cost, memoryBytes: cost.memoryBytes + levels * features * 2 ** log2TableSize * 4 * 5 };
  },
  train: async (context) => {
    const { parameters } = context;
    const { levels, features, log2TableSize } = parameters;
    const positions = await tissuePositions(context, parameters.aspect);
    const networkOf = (finest: number): CoordinateShape => ({
      nDim: positions.nDim,
      encoding: {
        kind: 'hash',
        levels,
        features,
        log2TableSize,
        coarsest: Math.min(parameters.coarsest, finest),
        finest,
      },
      hidden: widthsOf(parameters.hiddenLayers),
    });
    const { adam, ...schedule } = scheduleOf(parameters, context.data.nObs);
    return trainRawField(context, positions, {
      candidates: (parameters.finest > 0 ? [parameters.finest] : finestGridsToTry(positions)).map(networkOf),
      trialEpochs: parameters.trialEpochs,
      output: parameters.output,
      solve: parameters.solveOutput,
      // Section 4 of the paper: entries of the table see few samples, so ε is tiny.
      schedule: { ...schedule, adam: { ...ADAM_DEFAULTS, ...adam, beta2: 0.99, epsilon: 1e-15 } },
    });
  },
};
