import { z } from 'zod';
import { widthsOf } from '../autoencoder/parameters.ts';
import type { Method } from '../method.ts';
import { batchSizeFor } from './batch-size.ts';
import { DETAIL_SHARES, omegasToTry } from './detail-to-try.ts';
import { fieldCost } from './field-cost.ts';
import { heldOutError } from './held-out-error.ts';
import type { CoordinateShape } from './network/coordinate-network.ts';
import { SIREN_PAPER, SUICA_INPUT } from './papers.ts';
import { fieldFields, scheduleOf } from './parameters.ts';
import { supportsPositions, tissuePositions } from './tissue-positions.ts';
import { trainRawField } from './train-raw-field.ts';
import { widthsField } from './widths.ts';

export const sirenParametersSchema = z.object({
  omega: z
    .number()
    .min(0)
    .max(1000)
    .default(30)
    .meta({
      label: 'Detail ω',
      help: 'Speed of the sine waves: larger values give finer patterns and follow noise where spots are few. 0 chooses by held-out spots.',
      search: { low: 1, high: 60, log: true },
    }),
  hiddenLayers: widthsField.default('2048-2048-2048').meta({
    label: 'Hidden layers',
    help: 'Widths of the sine layers between the position and the genes.',
    search: { choices: ['128-128', '256-256', '256-256-256', '512-512'] },
  }),
  ...fieldFields,
});
export type SirenParameters = z.infer<typeof sirenParametersSchema>;

/** SIREN on raw expression: sine layers from the position to all genes. */
export const siren: Method<SirenParameters> = {
  id: 'siren',
  title: 'Sine network (SIREN)',
  family: 'Implicit representations',
  question: 'space',
  description:
    'Learns every gene as a smooth function of the place in the tissue, with layers of sine waves. Often the better choice where spots are few and far apart.',
  paper: SIREN_PAPER,
  parameters: sirenParametersSchema,
  presets: [
    {
      id: 'lacuna',
      title: 'Recommended',
      description:
        'Small layers, ω chosen from the distance of the spots by held-out ones, genes started at their mean, last layer solved exactly.',
      normalisation: SUICA_INPUT,
      parameters: {
        omega: 0,
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
      description: 'ω = 30, three layers of 2,048, ReLU output, 1,000 epochs.',
      normalisation: SUICA_INPUT,
      parameters: {},
    },
  ],
  heldOut: heldOutError('total', ({ omega }) => omega > 0),
  predictsUnseen: true,
  supports: supportsPositions,
  estimate: (facts, parameters, machine) => {
    const epochs = parameters.epochs + (parameters.omega === 0 ? DETAIL_SHARES.length * parameters.trialEpochs : 0);
    return fieldCost(facts, machine, [
      {
        widths: [2, ...widthsOf(parameters.hiddenLayers)],
        batchSize: batchSizeFor(parameters.batchSize, facts.nObs),
        epochs,
      },
    ]);
  },
  train: async (context) => {
    const { parameters } = context;
    const positions = await tissuePositions(context, parameters.aspect);
    const networkOf = (omega: number): CoordinateShape => ({
      nDim: positions.nDim,
      encoding: { kind: 'sine', omega },
      hidden: widthsOf(parameters.hiddenLayers),
    });
    const omegas = parameters.omega > 0 ? [parameters.omega] : omegasToTry(positions);
    return trainRawField(context, positions, {
      candidates: omegas.map(networkOf),
      trialEpochs: parameters.trialEpochs,
      output: parameters.output,
      solve: parameters.solveOutput,
      schedule: scheduleOf(parameters, context.data.nObs),
    });
  },
};
