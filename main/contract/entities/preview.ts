import { z } from 'zod';

const histogramSchema = z.object({ edges: z.array(z.number()), counts: z.array(z.number()) });

/** Values of a sample of cells, and what they add up to. */
const spreadSchema = z.object({
  /** All values of the sampled cells and of the genes that are kept, other than 0. */
  values: histogramSchema,
  /** Share of those values that are 0. */
  zeroShare: z.number(),
  min: z.number(),
  max: z.number(),
  mean: z.number(),
  /** Quantiles of the total per cell at `quantiles`. */
  totals: z.array(z.number()),
});

/** What a normalisation would do, in numbers to draw. */
export const preparePreviewSchema = z.object({
  /** What the filter keeps. */
  nObs: z.number(),
  nVar: z.number(),
  /** Genes that a method would see: the variable ones where they are chosen. */
  nChosen: z.number(),
  /** Cells from which this was worked out; fewer than `nObs` in large datasets, where the figures are estimates. */
  nMeasured: z.number(),
  /** Cells behind the histograms. */
  nSampled: z.number(),
  valueKind: z.enum(['counts', 'nonnegative', 'real']),
  /** Values that are no counts, and small enough to be logarithms. */
  looksLogarithmic: z.boolean(),
  quantiles: z.array(z.number()),
  before: spreadSchema,
  after: spreadSchema,
  /** Genes as points, at most a few thousand: all that are chosen first, then a sample of the others. Null for data with values below 0. */
  genes: z
    .object({
      /** 'Standardised variance' or 'Normalised dispersion' */
      measure: z.string(),
      /** Position in the dataset. */
      index: z.array(z.number()),
      names: z.array(z.string()),
      /** log10 of the mean per cell */
      logMean: z.array(z.number()),
      variability: z.array(z.number()),
      chosen: z.array(z.boolean()),
    })
    .nullable(),
  /** Plain sentences: 'These values look like logarithms already …' */
  warnings: z.array(z.string()),
});
