import { z } from 'zod';
import { wireErrorSchema } from './wire-error.ts';

export const jobKindSchema = z.enum([
  'import',
  'train',
  'embed',
  'cluster',
  'score',
  'evaluate',
  'batches',
  'export',
  'super-resolve',
  'markers',
]);
export const jobStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled']);

export const progressSchema = z.object({
  stage: z.string(),
  fraction: z.number().nullable(),
  etaSeconds: z.number().nullable().optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
});

/** A job as the strip at the bottom of the window shows it. */
export const jobInfoSchema = z.object({
  id: z.string(),
  kind: jobKindSchema,
  /** The project it works on (uuid). */
  project: z.string(),
  /** 'AE · seed 1', 'Import filtered_feature_bc_matrix.h5' … */
  title: z.string(),
  state: jobStateSchema,
  runId: z.number().nullable(),
  progress: progressSchema.nullable(),
  /** What the job made, by its kind; null until it is done. */
  result: z.unknown(),
  error: wireErrorSchema.nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});

/**
 * One event of the job stream: the job as it now is. The stream's event id is a number that only grows, so that a
 * listener that was cut off joins again where it left (last event id) and misses nothing that still matters.
 */
export const jobEventSchema = z.object({ id: z.number(), job: jobInfoSchema });
