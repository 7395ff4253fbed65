import type { EpochRecord } from '../methods/method.ts';
import type { StopRule, Verdict } from './stop-rule.ts';

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
