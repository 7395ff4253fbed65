import { z } from 'zod';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import { searchDomainSchema } from '../../search/search-domain.ts';
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
  /** What a search for settings tries unless it is told otherwise; null for one that it leaves alone. */
  search: searchDomainSchema.nullable(),
});

export const presetSchema = z.object({
  id: z.string(),
  title: z.string(),
  description: z.string(),
  normalisation: normalisationSchema,
  parameters: z.record(z.string(), z.unknown()),
  /** True for one that a person saved in the project. */
  saved: z.boolean().optional(),
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
  /** What a search for settings makes small, in words; null where only known groups can judge. */
  heldOut: z.string().nullable(),
  presets: z.array(presetSchema),
});
