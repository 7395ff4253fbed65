import { z } from 'zod';
import { filterSchema } from '../../preprocess/recipe.ts';

const thresholdSchema = z.object({ min: z.number().nullable(), max: z.number().nullable() });

/** One measure of quality over cells or genes: its spread as a histogram, and what the suggestion would keep. */
export const qualityMeasureSchema = z.object({
  key: z.string(),
  label: z.string(),
  unit: z.string(),
  min: z.number(),
  max: z.number(),
  median: z.number(),
  histogram: z.object({ edges: z.array(z.number()), counts: z.array(z.number()) }),
  suggested: thresholdSchema.nullable(),
});

export const qualitySchema = z.object({
  nObs: z.number(),
  nVar: z.number(),
  obs: z.array(qualityMeasureSchema),
  var: z.array(qualityMeasureSchema),
  /** The suggested filter as a whole, and what it keeps. */
  suggestion: z.object({ filter: filterSchema, keptObs: z.number(), keptVar: z.number() }),
  /** Plain sentences: 'No mitochondrial genes were found by name …' */
  notes: z.array(z.string()),
});

/** What a filter keeps of one axis: together, and what each rule would keep alone. */
export const keptSchema = z.object({
  total: z.number(),
  kept: z.number(),
  each: z.array(z.object({ key: z.string(), text: z.string(), kept: z.number() })),
  sentence: z.string(),
});
