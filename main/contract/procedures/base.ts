import { oc } from '@orpc/contract';
import { z } from 'zod';
import { wireErrorSchema } from '../entities/wire-error.ts';

/** Every procedure answers a failure with one typed error: `LACUNA`, whose data is a `LacunaError` in wire form. */
export const procedure = oc.errors({ LACUNA: { status: 422, data: wireErrorSchema } });

/** Names an open project by its uuid. */
export const inProject = z.object({ project: z.string() });
export const inDataset = inProject.extend({ dataset: z.number() });
export const inRun = inProject.extend({ run: z.number() });

/** What starting a long job answers: follow it through `jobs.events`, stop it through `jobs.cancel`. */
export const jobStarted = z.object({ job: z.string() });
export const nothing = z.object({});
