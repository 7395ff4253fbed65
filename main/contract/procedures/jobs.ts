import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { jobEventSchema, jobInfoSchema } from '../entities/job.ts';
import { nothing, procedure } from './base.ts';

/** Long jobs: what runs, how far it is, and how to stop it. */
export const jobs = {
  list: procedure.output(z.array(jobInfoSchema)),
  get: procedure.input(z.object({ job: z.string() })).output(jobInfoSchema),
  /** Stopping is a procedure of its own: closing the event stream never stops a job. */
  cancel: procedure.input(z.object({ job: z.string() })).output(nothing),
  /** Every change of every job; joined again with the last event id. */
  events: procedure.output(eventIterator(jobEventSchema)),
};
