import { z } from 'zod';

/** Handed to a training: where it stops because earlier trials of the search did better. */
export const stopRuleSchema = z.object({
  /** The term of the held-out loss that is compared. */
  term: z.string(),
  /** What it is compared with, for the reason: 'the median', 'the best third'. */
  of: z.string(),
  /** By epoch, ascending: see `StopLimit`. */
  limits: z.array(z.object({ epoch: z.int(), limit: z.number(), nTrials: z.int() })),
});
export type StopRule = z.infer<typeof stopRuleSchema>;

/** Why a training is hopeless. */
export interface Verdict {
  epoch: number;
  /** Its least held-out loss. */
  least: number;
  /** In plain words. */
  why: string;
}
