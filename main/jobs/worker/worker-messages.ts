import { z } from 'zod';
import type { ErrorCode, ErrorDetails, WireError } from '../../errors/lacuna-error.ts';
import { jobSpecSchema } from '../job-spec.ts';

/**
 * What the application and a compute worker say to each other. Both sides parse what they hear; all of it is plain
 * data, so that any kind of process can carry it.
 */

/** Why a job is to stop: a person asked for it, or the application closes and means to go on another day. */
const stopReasonSchema = z.enum(['asked', 'closing']);
export type StopReason = z.infer<typeof stopReasonSchema>;

/** What the tensor engine is to run on, as the person chose it; null threads: all. */
const engineWishSchema = z.object({
  device: z.enum(['auto', 'cpu', 'gpu']).default('auto'),
  threads: z.int().min(1).nullable().default(null),
});
export type EngineWish = z.infer<typeof engineWishSchema>;

/** To the worker. */
export const toWorkerSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    projectPath: z.string(),
    spec: jobSpecSchema,
    /** A crash must not lose more training than this, seconds. */
    checkpointSeconds: z.number().nonnegative(),
    engine: engineWishSchema.prefault({}),
  }),
  /** Stop at the next batch, and say so with an `error` of code `cancelled`. */
  z.object({ type: z.literal('cancel'), reason: stopReasonSchema }),
]);
export type ToWorker = z.infer<typeof toWorkerSchema>;

const progressSchema = z.object({
  stage: z.string(),
  fraction: z.number().nullable(),
  etaSeconds: z.number().nullable().optional(),
  detail: z.record(z.string(), z.unknown()).optional(),
});

const wireErrorSchema = z.object({
  code: z.string().transform((code) => code as ErrorCode),
  what: z.string(),
  remedy: z.string(),
  details: z.record(z.string(), z.unknown()).transform((details) => details as ErrorDetails),
  cause: z.string().optional(),
}) satisfies z.ZodType<WireError>;

/** From the worker: `ready` once, `progress` at most ten times a second, then `result` or `error` once. */
export const fromWorkerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('progress'), progress: progressSchema }),
  z.object({ type: z.literal('result'), result: z.unknown() }),
  z.object({ type: z.literal('error'), error: wireErrorSchema }),
]);
export type FromWorker = z.infer<typeof fromWorkerSchema>;
