import { z } from 'zod';
import { presetSchema } from '../entities/method.ts';
import {
  searchInfoSchema,
  searchPlanSchema,
  searchSchema,
  searchSpecSchema,
  studyInfoSchema,
} from '../entities/search.ts';
import { inProject, nothing, procedure } from './base.ts';

const inSearch = inProject.extend({ search: z.number() });
const requested = inProject.extend({ spec: searchSpecSchema });

/** Searches for good settings of a method: one trial after the other in the queue. */
export const searches = {
  /** Nothing is stored. */
  plan: procedure.input(requested).output(searchPlanSchema),
  start: procedure.input(requested).output(z.object({ search: z.number() })),
  list: procedure.input(inProject).output(z.array(searchInfoSchema)),
  get: procedure.input(inSearch).output(searchSchema),
  /** Goes on with one that was stopped or interrupted: proposes what it would have proposed. */
  resume: procedure.input(inSearch).output(nothing),
  /** The trial under way keeps its checkpoint; what is finished stays. */
  cancel: procedure.input(inSearch).output(nothing),
  remove: procedure
    .input(inSearch.extend({ /** What becomes of its runs. */ runs: z.enum(['keep', 'remove']).default('keep') }))
    .output(nothing),
  /** Keeps the settings of a trial as a preset of the project. */
  savePreset: procedure
    .input(
      inSearch.extend({
        title: z.string().trim().min(1).max(80),
        /** Left out: the best. */ trial: z.number().optional(),
      }),
    )
    .output(presetSchema),
};

/** Benchmarks, searches and whatever else makes runs that belong together. */
export const studies = {
  list: procedure.input(inProject).output(z.array(studyInfoSchema)),
};
