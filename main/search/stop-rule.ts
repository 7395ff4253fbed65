import { z } from 'zod';
import type { EpochRecord } from '../methods/method.ts';

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

/**
 * Watches a training by its epochs.
 *
 * @param before epochs of earlier sessions of the same run, up to where it goes on
 * @returns to be called with each epoch; answers null while there is hope
 */
export function watchEpochs(rule: StopRule, before: readonly EpochRecord[]): (record: EpochRecord) => Verdict | null {
  const limits = new Map(rule.limits.map((limit) => [limit.epoch, limit]));
  let least = Infinity;
  const see = ({ heldOut }: EpochRecord): void => {
    least = Math.min(least, heldOut?.[rule.term] ?? Infinity);
  };
  before.forEach(see);
  return (record) => {
    see(record);
    const limit = limits.get(record.epoch);
    if (limit === undefined || !Number.isFinite(least) || least <= limit.limit) return null;
    const [reached, wanted] = [least, limit.limit].map((value) => String(Number(value.toPrecision(4))));
    const why = `Stopped after epoch ${record.epoch}: its held-out loss (${rule.term}) had come down to ${reached}, ${rule.of} of ${limit.nTrials} earlier ${limit.nTrials === 1 ? 'trial' : 'trials'} to ${wanted}.`;
    return { epoch: record.epoch, least, why };
  };
}
