import { z } from 'zod';

/** How a `LacunaError` looks on the wire: what happened, what to do, and small facts for machines. */
export const wireErrorSchema = z.object({
  code: z.string(),
  what: z.string(),
  remedy: z.string(),
  details: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string()).readonly()]),
  ),
  cause: z.string().optional(),
});
