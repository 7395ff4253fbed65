import { z } from 'zod';

/** The count model that counts are coded against. */
export const countsSettingsSchema = z.object({
  factors: z.int().min(0).max(64).default(8).meta({
    label: 'Factors',
    help: 'Width of the narrow layer of the network; 0 does without a network: genes and library sizes alone.',
  }),
  epochs: z.int().min(0).max(10_000).default(40).meta({
    label: 'Epochs',
    help: 'Of the count autoencoder; 0 begins the factors at random.',
  }),
  refineEpochs: z.int().min(0).max(10_000).default(40).meta({
    label: 'Refining epochs',
    help: 'Of the factors themselves, on the size of the file; 0 takes them as the autoencoder leaves them.',
  }),
  geneScale: z.number().positive().max(10).default(0.1).meta({
    label: 'Scale of a gene’s factors',
    help: 'Smaller values make more of them zero, which costs less to write and says less.',
  }),
  cellStep: z
    .int()
    .min(2)
    .max(8)
    .default(2)
    .meta({ label: 'Digits of a cell’s factor', help: 'Steps of 2 to minus this.' }),
  geneStep: z
    .int()
    .min(2)
    .max(8)
    .default(3)
    .meta({ label: 'Digits of a gene’s factor', help: 'Steps of 2 to minus this.' }),
  seed: z.int().min(0).default(1).meta({ label: 'Seed', help: 'The same seed and settings give the same file.' }),
});
export type CountsSettings = z.infer<typeof countsSettingsSchema>;
