import { z } from 'zod';
import { readyStudySchema, studyInfoSchema, studyPlanSchema, studySchema, studySpecSchema } from '../entities/study.ts';
import { inProject, nothing, procedure } from './base.ts';

const inStudy = inProject.extend({ studyId: z.number() });
const requested = inProject.extend({ spec: studySpecSchema });

/** Ready-made studies: the whole of a published comparison, trained, pictured and scored in a queue. */
export const readyStudies = {
  /** Every ready-made study, and whether a dataset will do for it (left out: the newest). */
  ready: procedure.input(inProject.extend({ dataset: z.number().optional() })).output(z.array(readyStudySchema)),
  /** Nothing is stored. */
  plan: procedure.input(requested).output(studyPlanSchema),
  start: procedure.input(requested).output(z.object({ studyId: z.number(), jobs: z.array(z.string()) })),
  list: procedure.input(inProject).output(z.array(studyInfoSchema)),
  get: procedure.input(inStudy).output(studySchema),
  /** Trains what is not finished, scores what has no scores. */
  resume: procedure.input(inStudy).output(z.object({ jobs: z.array(z.string()) })),
  /** Stops what is left to do; what is finished stays. */
  cancel: procedure.input(inStudy).output(nothing),
  /** Its runs stay. */
  remove: procedure.input(inStudy).output(nothing),
};
