import { z } from 'zod';

/** What can be chosen about simulated data; every field has a default. */
export const simulateOptionsSchema = z.object({
  seed: z.int().min(0).default(1).meta({ label: 'Seed', help: 'The same seed and settings give the same data.' }),
  cells: z.int().min(10).max(2_000_000).default(2000).meta({ label: 'Cells or spots' }),
  genes: z.int().min(20).max(60_000).default(1000).meta({ label: 'Genes' }),
  types: z.int().min(1).max(50).default(6).meta({ label: 'Cell types, or regions of the tissue' }),
  spatial: z.boolean().default(false).meta({ label: 'Tissue', help: 'Spots on a grid, in regions and gradients.' }),
  tissue: z
    .enum(['layers', 'lobes'])
    .default('layers')
    .meta({ label: 'Shape of the regions', help: 'Layers as in a cortex, or lobes as in a gland. Only for tissue.' }),
  grid: z.enum(['hex', 'square']).default('hex').meta({ label: 'Grid of the spots' }),
  spacing: z.number().min(0.1).max(10_000).default(100).meta({ label: 'Distance between spots', unit: 'µm' }),
  batches: z.int().min(1).max(50).default(1).meta({ label: 'Batches' }),
  batchEffect: z
    .number()
    .min(0)
    .max(3)
    .default(0.3)
    .meta({ label: 'Batch effect', help: 'Standard deviation of the log shift of every gene in every batch.' }),
  counts: z
    .number()
    .min(1)
    .max(1e6)
    .default(2000)
    .meta({ label: 'Median library size', help: 'Before dropout.', unit: 'counts' }),
  librarySpread: z
    .number()
    .min(0)
    .max(2)
    .default(0.4)
    .meta({ label: 'Spread of the library sizes', help: 'Standard deviation of their logarithm.' }),
  separation: z
    .number()
    .min(0)
    .max(5)
    .default(1.3)
    .meta({ label: 'Strength of the types', help: 'Mean log fold change of a marker gene in its type.' }),
  dispersion: z
    .number()
    .min(0)
    .max(10)
    .default(0.25)
    .meta({ label: 'Dispersion', help: 'φ of variance = μ + φμ², median over the genes; 0 gives Poisson counts.' }),
  dropout: z
    .number()
    .min(0)
    .max(0.95)
    .default(0.2)
    .meta({ label: 'Dropout', help: 'Share of the nonzero counts that are lost; rarer genes lose more.' }),
});

export type SimulateOptions = z.infer<typeof simulateOptionsSchema>;
