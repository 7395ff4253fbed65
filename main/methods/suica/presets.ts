import { SUICA_INPUT } from '../inr/papers.ts';
import type { Preset } from '../method.ts';
import type { SuicaParameters } from './parameters.ts';

const preset = (id: string, title: string, description: string, parameters: Partial<SuicaParameters>): Preset => ({
  id,
  title,
  description,
  normalisation: SUICA_INPUT,
  parameters,
});

export const suicaPresets: readonly Preset[] = [
  preset(
    'lacuna',
    'Recommended',
    'The same three stages, smaller: detail chosen from the distance of the spots, genes started at their mean, every stage stopped and kept by held-out spots, last layer solved exactly.',
    {
      sigma: 0,
      neighbours: 5,
      weighting: 'mean',
      latentSize: 32,
      hiddenLayers: '128',
      batchNorm: false,
      output: 'mean',
      autoencoderEpochs: 150,
      autoencoderRate: 1e-3,
      nFrequencies: 128,
      fieldLayers: '128-128',
      members: 2,
      fieldEpochs: 300,
      fieldRate: 1e-3,
      fieldBatch: 0,
      trialEpochs: 30,
      tune: 'all',
      tuningLoss: 'squared',
      tuningEpochs: 150,
      tuningRate: 1e-3,
      solveOutput: true,
      aspect: 'keep',
      batchSize: 0,
      heldOutShare: 0.1,
      patience: 12,
    },
  ),
  preset(
    'paper',
    'As in the paper',
    'Graph autoencoder, Fourier features with σ = 10, decoder tuned with squared and absolute error and Dice; 200 + 1,000 + 1,000 epochs. Slow, and too fine where spots are few.',
    {},
  ),
  preset(
    'code',
    'As in the published code',
    'The paper’s settings where the code differs: squared plus absolute error on embeddings, presence as 2σ(x) − 1, half of 1,000 epochs for each of the last two stages.',
    {
      embeddingLoss: 'both',
      pseudoProbability: 'sigmoid',
      autoencoderLoss: 'nonzero',
      fieldEpochs: 500,
      tuningEpochs: 500,
    },
  ),
  preset(
    'vanilla-inr',
    'Table 3: vanilla INR',
    'Ablation of the paper: no autoencoder, expression straight from position, squared error.',
    { embedding: 'none' },
  ),
  preset(
    'inr-ae',
    'Table 3: + AE',
    'Ablation of the paper: an autoencoder without neighbours, and a decoder tuned without Dice.',
    { embedding: 'plain', diceWeight: 0 },
  ),
  preset(
    'inr-ae-dice',
    'Table 3: + Dice',
    'Ablation of the paper: an autoencoder without neighbours, the decoder tuned with Dice. With the graph it is the preset of the paper.',
    { embedding: 'plain' },
  ),
];
