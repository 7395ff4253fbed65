import { z } from 'zod';
import { pruningSchema } from '../../search/pruning.ts';
import { searchDomainSchema, searchValueSchema } from '../../search/search-domain.ts';
import { searchSpecSchema } from '../../search/search-spec.ts';

export { searchSpecSchema };

/** What a search would do and take, before it starts. */
export const searchPlanSchema = z.object({
  /** With everything that was left open decided. */
  ranges: z.record(z.string(), searchDomainSchema),
  pruning: pruningSchema,
  /** What trials are judged by, in words. */
  objective: z.string(),
  /** Training time of all trials if none is stopped early; a rough figure. */
  seconds: z.number(),
  /** Peak of the largest trial that was looked at, bytes. */
  memoryBytes: z.number(),
  notes: z.array(z.string()),
});

export const searchInfoSchema = z.object({
  id: z.number(),
  title: z.string(),
  spec: searchSpecSchema,
  createdAt: z.string(),
  runIds: z.array(z.number()),
  state: z.enum(['running', 'stopped', 'done']),
  /** Trials that are over. */
  nOver: z.number(),
});

const trialSchema = z.object({
  number: z.number(),
  parameters: z.record(z.string(), searchValueSchema),
  /** `open`: waiting, training, being scored, or interrupted; its run knows. */
  state: z.enum(['open', 'done', 'pruned', 'failed']),
  /** By the objective; of a pruned trial its least held-out loss. */
  value: z.number().nullable(),
  reason: z.string().nullable(),
  /** Null when it was removed. */
  run: z.number().nullable(),
  /** Null when nothing was trained. */
  epochs: z.number().nullable(),
  seconds: z.number(),
});

/** A search with what is known of it so far. */
export const searchSchema = searchInfoSchema.extend({
  objective: z.object({ title: z.string(), higherIsBetter: z.boolean() }),
  trials: z.array(trialSchema),
  /** Number of the best finished trial. */
  best: z.number().nullable(),
  /** Share of the variance of the objective that each setting explains by itself; empty where there are too few trials. */
  importance: z.array(z.object({ key: z.string(), share: z.number(), sd: z.number() })),
  csv: z.string(),
});

/** Runs that belong together, for lists of runs. */
export const studyInfoSchema = z.object({
  id: z.number(),
  kind: z.string(),
  title: z.string(),
  createdAt: z.string(),
  runIds: z.array(z.number()),
});
