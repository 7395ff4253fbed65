import { z } from 'zod';
import { columnKindSchema } from './dataset.ts';

/** A look at the first observations of a file, before anything is stored. */
export const importPreviewSchema = z.object({
  nObs: z.number(),
  nVar: z.number(),
  obsNames: z.array(z.string()),
  /** The variables with the most counts in these observations, in the file's order. */
  varNames: z.array(z.string()),
  /** [obsNames][varNames] */
  values: z.array(z.array(z.number())),
  /** Annotations of these observations as text; missing ones are ''. */
  columns: z.array(z.object({ name: z.string(), kind: columnKindSchema, values: z.array(z.string()) })),
  /** Where the observations lie, thinned evenly; null where the file does not say. */
  coordinates: z
    .object({ name: z.string(), total: z.number(), x: z.array(z.number()), y: z.array(z.number()) })
    .nullable(),
});

/** How a file of surface proteins fits a file that is to be imported; names at most ten of each kind. */
export const proteinsPreviewSchema = z.object({
  nProteins: z.number(),
  examples: z.array(z.string()),
  matched: z.number(),
  nObs: z.number(),
  unmatched: z.number(),
  unmatchedExamples: z.array(z.string()),
  unmeasuredExamples: z.array(z.string()),
});

/** How a labels file fits a file that is to be imported; names at most ten of each kind. */
export const labelsPreviewSchema = z.object({
  matched: z.number(),
  nObs: z.number(),
  /** True when barcodes fit only after leaving out the `-1` at their end. */
  withoutSuffix: z.boolean(),
  columns: z.array(z.object({ name: z.string(), kind: columnKindSchema, nCategories: z.number().nullable() })),
  unmatched: z.number(),
  unmatchedExamples: z.array(z.string()),
  unlabelledExamples: z.array(z.string()),
  duplicates: z.number(),
});
