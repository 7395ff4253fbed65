import { z } from 'zod';

/** How a patch is cut, and how its network is trained and stored. */
export const sineSettingsSchema = z.object({
  normalisation: z.enum(['none', 'max', 'log']).default('log').meta({
    label: 'Normalisation',
    help: 'What the network learns: the counts as they are, divided by the largest one, or their logarithms.',
  }),
  layers: z.int().min(1).max(32).default(10).meta({ label: 'Hidden layers', help: 'Number of sine layers.' }),
  width: z
    .int()
    .min(1)
    .max(8192)
    .default(64)
    .meta({ label: 'Width', help: 'Units of every hidden layer; 2400 in the paper.' }),
  omega: z.number().positive().max(1000).default(30).meta({ label: 'ω', help: 'Speed of the sine waves.' }),
  epochs: z.int().min(0).max(100_000).default(200).meta({ label: 'Epochs', help: 'Passes over the nonzero counts.' }),
  batchSize: z.int().min(1).max(1_000_000).default(2048).meta({ label: 'Batch size', help: 'Counts per step.' }),
  learningRate: z
    .number()
    .positive()
    .max(1)
    .default(1e-4)
    .meta({ label: 'Learning rate', help: 'Of Adam; falls to a hundredth by the last epoch.' }),
  patchGenes: z
    .int()
    .min(1)
    .default(1000)
    .meta({ label: 'Genes of a patch', help: 'Every patch has a network of its own.' }),
  patchCells: z
    .int()
    .min(1)
    .default(500)
    .meta({ label: 'Cells of a patch', help: 'As many as there are cells makes patches as wide as the matrix.' }),
  reorder: z
    .boolean()
    .default(false)
    .meta({ label: 'Reorder', help: 'Neighbouring rows and columns are made alike by a learned latent first.' }),
  weightBits: z
    .int()
    .min(2)
    .max(32)
    .default(32)
    .meta({ label: 'Bits of a weight', help: '32 keeps them as trained; fewer round them.' }),
  lossless: z
    .boolean()
    .default(false)
    .meta({ label: 'Lossless', help: 'What the networks miss is stored beside them.' }),
  seed: z.int().min(0).default(1).meta({ label: 'Seed', help: 'The same seed and settings train the same networks.' }),
});
export type SineSettings = z.infer<typeof sineSettingsSchema>;
