import { z } from 'zod';
import { networkChoiceFields } from '../inr/network-choice.ts';
import { widthsField } from '../inr/widths.ts';

const epochs = z.int().min(0).max(100_000);
const rate = z.number().positive().max(1);
const size = z.int().min(0).max(65_536);

/** Settings of SUICA; the defaults are those of the paper, sections 3.2 and 4.3. */
export const suicaParametersSchema = z.object({
  ...networkChoiceFields,
  protocol: z.enum(['leak-free', 'authors']).default('leak-free').meta({
    label: 'Held-out spots',
    help: 'Leak-free keeps their expression from every step. The published code lets the autoencoder and its graph see it, which flatters the scores; choose it only to compare with published tables.',
  }),
  embedding: z.enum(['graph', 'plain', 'none']).default('graph').meta({
    label: 'Autoencoder',
    help: 'Graph reads every spot with its neighbours; plain reads it alone; none learns expression straight from position.',
  }),
  neighbours: z
    .int()
    .min(1)
    .max(100)
    .default(5)
    .meta({
      label: 'Neighbours',
      help: 'How many of the nearest spots the encoder reads together, the spot itself included.',
      unit: 'spots',
      search: { low: 1, high: 15 },
      advanced: true,
    }),
  weighting: z.enum(['sum', 'mean']).default('sum').meta({
    label: 'Neighbours are',
    help: 'Added up, as published, or averaged.',
    advanced: true,
  }),
  latentSize: z
    .int()
    .min(1)
    .max(256)
    .default(32)
    .meta({
      label: 'Embedding dimensions',
      help: 'How many numbers describe one spot between the two networks.',
      unit: 'dimensions',
      search: { low: 8, high: 64, log: true },
    }),
  hiddenLayers: widthsField.default('2048-512-64').meta({
    label: 'Autoencoder layers',
    help: 'Widths of the layers between the genes and the embedding; the decoder mirrors them.',
    search: { choices: ['64', '128', '256', '256-64', '512-128'] },
  }),
  batchNorm: z.boolean().default(true).meta({
    label: 'Batch normalisation',
    help: 'Normalise every layer of the autoencoder over the spots of a batch.',
    advanced: true,
  }),
  inputDropout: z.number().min(0).max(0.95).default(0).meta({
    label: 'Input dropout',
    help: 'Share of the input values hidden from the autoencoder while it trains; it learns to infer them from the other genes.',
    advanced: true,
  }),
  output: z.enum(['relu', 'mean']).default('relu').meta({
    label: 'Output',
    help: 'ReLU cuts negative values off, as published; some genes may stay at zero for ever. Mean starts every gene at its mean and learns the differences.',
    advanced: true,
  }),
  autoencoderLoss: z.enum(['squared', 'nonzero']).default('squared').meta({
    label: 'Autoencoder loss',
    help: 'Squared error of all values (paper), or of the nonzero ones plus the absolute error of all (an earlier state of the code).',
    advanced: true,
  }),
  autoencoderEpochs: epochs.min(1).default(200).meta({
    label: 'Epochs of the autoencoder',
    help: 'How often the first stage goes through all spots, at most.',
    unit: 'epochs',
  }),
  autoencoderRate: rate.default(1e-5).meta({
    label: 'Learning rate of the autoencoder',
    help: 'Size of a step in the first stage.',
    advanced: true,
  }),
  embeddingLoss: z.enum(['squared', 'both']).default('squared').meta({
    label: 'Embedding loss',
    help: 'Squared error (paper), or squared plus absolute error (code).',
    advanced: true,
  }),
  fieldEpochs: epochs.min(1).default(1000).meta({
    label: 'Epochs of the network of position',
    help: 'How often the second stage goes through all spots, at most.',
    unit: 'epochs',
  }),
  fieldRate: rate.default(1e-4).meta({
    label: 'Learning rate of the network of position',
    help: 'Size of a step in the second stage.',
    advanced: true,
  }),
  fieldBatch: size.default(8192).meta({
    label: 'Batch of the network of position',
    help: 'Spots per step in the second stage. 0 chooses about 16 steps an epoch.',
    unit: 'spots',
    advanced: true,
  }),
  tune: z.enum(['decoder', 'all', 'none']).default('decoder').meta({
    label: 'Fine-tuning',
    help: 'Train the decoder on predicted embeddings (paper), the network of position with it, or nothing.',
    advanced: true,
  }),
  tuningLoss: z.enum(['published', 'squared']).default('published').meta({
    label: 'Fine-tuning loss',
    help: 'Published: squared error of the nonzero values, absolute error of all, and Dice. Squared: squared error of all.',
    advanced: true,
  }),
  diceWeight: z.number().min(0).max(100).default(0.01).meta({
    label: 'Weight of Dice',
    help: 'How much it counts that genes are present where they were measured, whatever their amount; 0 leaves it out.',
    advanced: true,
  }),
  pseudoProbability: z.enum(['tanh', 'sigmoid']).default('tanh').meta({
    label: 'Presence',
    help: 'How a value becomes a chance of being present: tanh x (paper) or 2σ(x) − 1 (code).',
    advanced: true,
  }),
  tuningEpochs: epochs.default(1000).meta({
    label: 'Epochs of fine-tuning',
    help: 'How often the last stage goes through all spots, at most.',
    unit: 'epochs',
  }),
  tuningRate: rate.default(1e-4).meta({
    label: 'Learning rate of fine-tuning',
    help: 'Size of a step in the last stage.',
    advanced: true,
  }),
  solveOutput: z.boolean().default(false).meta({
    label: 'Solve the output layer',
    help: 'At the end, the best last layer is computed exactly, each gene smoothed as much as its noise demands; it is kept if held-out spots are predicted better. Needs the output mean.',
    advanced: true,
  }),
  aspect: z.enum(['per-axis', 'keep']).default('per-axis').meta({
    label: 'Scaling of positions',
    help: 'Stretch every axis to the same range, or keep the shape of the tissue.',
    advanced: true,
  }),
  batchSize: size.default(512).meta({
    label: 'Batch size',
    help: 'Spots per step of the autoencoder and of fine-tuning. 0 chooses about 16 steps an epoch.',
    unit: 'spots',
    advanced: true,
  }),
  weightDecay: z.number().min(0).max(10).default(0).meta({
    label: 'Weight decay',
    help: 'Pulls weights towards zero, which smooths what is learned; 0 turns it off.',
    advanced: true,
  }),
  heldOutShare: z.number().min(0).max(0.5).default(0).meta({
    label: 'Held-out share',
    help: 'Share of the training spots that do not train but judge the detail, when to stop and whether fine-tuning helped.',
    advanced: true,
  }),
  patience: z.int().min(0).max(10_000).default(0).meta({
    label: 'Patience',
    help: 'Epochs without a better held-out loss before a stage stops and takes its best epoch; 0 always runs all epochs.',
    unit: 'epochs',
    advanced: true,
  }),
});
export type SuicaParameters = z.infer<typeof suicaParametersSchema>;
