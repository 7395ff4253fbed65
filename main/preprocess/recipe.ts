import { z } from 'zod';

/**
 * What is done to a dataset between the raw counts and a method: which cells and genes stay, and how values are
 * scaled. A recipe is a value: it is stored with every run, and applying it never changes the stored counts.
 */
const atLeast = z.number().nonnegative().nullable().default(null);

/** Cells that stay. `null` means no limit. */
export const obsFilterSchema = z.object({
  minCounts: atLeast.meta({ label: 'Counts per cell, at least', unit: 'counts' }),
  maxCounts: atLeast.meta({ label: 'Counts per cell, at most', unit: 'counts' }),
  minGenes: atLeast.meta({ label: 'Genes per cell, at least', unit: 'genes' }),
  maxGenes: atLeast.meta({ label: 'Genes per cell, at most', unit: 'genes' }),
  maxMitoPercent: z
    .number()
    .min(0)
    .max(100)
    .nullable()
    .default(null)
    .meta({ label: 'Mitochondrial share, at most', unit: '%' }),
});

/** Genes that stay, judged on the cells that stay. */
export const varFilterSchema = z.object({
  minCells: atLeast.meta({ label: 'Cells per gene, at least', unit: 'cells' }),
  minCounts: atLeast.meta({ label: 'Counts per gene, at least', unit: 'counts' }),
  maxCount: atLeast.meta({ label: 'Largest single count of a gene, at most', unit: 'counts' }),
});

export const filterSchema = z.object({
  obs: obsFilterSchema.prefault({}),
  var: varFilterSchema.prefault({}),
});
export type Filter = z.infer<typeof filterSchema>;

/**
 * How values are scaled, in this order: library size, logarithm, variable genes, scale per gene.
 * `librarySize`: `none`; `cp10k` to 10,000 counts per cell; `median` to the median library size of the cells that
 * stay; `suica` to 200 counts per spot.
 */
export const normalisationSchema = z.object({
  librarySize: z.enum(['none', 'cp10k', 'median', 'suica']).default('cp10k').meta({ label: 'Scale every cell to' }),
  log1p: z.boolean().default(true).meta({ label: 'log(1 + x)' }),
  /** The most variable genes kept, at most this many; null keeps all. */
  variableGenes: z.int().min(1).nullable().default(null).meta({ label: 'Variable genes, at most', unit: 'genes' }),
  scale: z.enum(['none', 'zscore', 'minmax']).default('none').meta({ label: 'Scale every gene' }),
  /** Largest absolute z-score; only with `zscore`. Null: no clipping. */
  clip: z.number().positive().nullable().default(10).meta({ label: 'Clip z-scores at', unit: 'sd' }),
});
export type Normalisation = z.infer<typeof normalisationSchema>;

export const recipeSchema = z.object({
  filter: filterSchema.prefault({}),
  normalisation: normalisationSchema.prefault({}),
});
export type Recipe = z.infer<typeof recipeSchema>;
