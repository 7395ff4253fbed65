import { z } from 'zod';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import { citationSchema } from './explanation.ts';

/** One setting of a method, as a form or `--help` shows it. */
export const methodFieldSchema = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  unit: z.string().nullable(),
  type: z.string(),
  default: z.unknown(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  options: z.array(z.string()).nullable(),
  advanced: z.boolean(),
});

export const presetSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  normalisation: normalisationSchema,
  parameters: z.record(z.string(), z.unknown()),
});

/** A method as its card, its form and its help show it. */
export const methodDescriptionSchema = z.object({
  id: z.string(),
  title: z.string(),
  family: z.string(),
  question: z.enum(['floor', 'structure', 'denoise', 'space', 'compress']),
  description: z.string(),
  paper: citationSchema.nullable(),
  fields: z.array(methodFieldSchema),
  presets: z.array(presetSchema),
});
