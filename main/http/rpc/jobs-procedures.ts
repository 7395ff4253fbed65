import { withEventMeta } from '@orpc/server';
import { os } from './implementer.ts';

/** Long jobs: what runs, how far it is, and how to stop it. */
export const jobs = {
  list: os.jobs.list.handler(({ context }) => context.core.jobs.list()),
  get: os.jobs.get.handler(({ context, input }) => context.core.jobs.get(input.job)),
  cancel: os.jobs.cancel.handler(({ context, input }) => {
    context.core.cancel(input.job);
    return {};
  }),
  events: os.jobs.events.handler(async function* ({ context, signal, lastEventId }) {
    const after = lastEventId === undefined ? undefined : Number(lastEventId);
    for await (const event of context.core.jobs.events({ after, signal })) {
      yield withEventMeta({ ...event }, { id: String(event.id), retry: 1000 });
    }
  }),
};
