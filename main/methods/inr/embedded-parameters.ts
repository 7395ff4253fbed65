import { networkChoiceFields } from './network-choice.ts';
import { fieldFields } from './parameters.ts';

const { epochs, solveOutput, aspect, batchSize, learningRate, weightDecay, heldOutShare, patience } = fieldFields;

/** Settings of a network of position that learns embeddings. */
export const embeddedFields = {
  ...networkChoiceFields,
  epochs: epochs.meta({ ...epochs.meta(), label: 'Epochs of the network of position' }),
  solveOutput: solveOutput.meta({
    ...solveOutput.meta(),
    help: 'At the end, the best last layer is computed exactly, each gene smoothed as much as its noise demands; it is kept if held-out spots are predicted better.',
  }),
  aspect,
  batchSize,
  learningRate,
  weightDecay,
  heldOutShare,
  patience,
};

/** What the `lacuna` presets of these methods have in common. */
export const EMBEDDED_LACUNA = {
  sigma: 0,
  nFrequencies: 128,
  fieldLayers: '128-128',
  members: 2,
  epochs: 300,
  solveOutput: true,
  aspect: 'keep',
  batchSize: 0,
  learningRate: 1e-3,
  heldOutShare: 0.1,
  patience: 12,
  trialEpochs: 30,
};
