import { z } from 'zod';
import { projectInfoSchema, recentProjectSchema } from '../entities/project.ts';
import { inProject, nothing, procedure } from './base.ts';

/** Project files: create, open, close, the recent list. */
export const projects = {
  recent: procedure.output(z.array(recentProjectSchema)),
  create: procedure
    .input(
      z.object({
        path: z.string(),
        title: z.string().optional(),
        /** Made for an import: goes again when it is closed before one has brought anything in. */
        provisional: z.boolean().optional(),
      }),
    )
    .output(projectInfoSchema),
  /** Projects that are open now, the newest last: what a window shows when it is loaded again. */
  opened: procedure.output(z.array(projectInfoSchema)),
  open: procedure.input(z.object({ path: z.string() })).output(projectInfoSchema),
  info: procedure.input(inProject).output(projectInfoSchema),
  close: procedure.input(inProject).output(nothing),
  rename: procedure.input(inProject.extend({ title: z.string().min(1) })).output(projectInfoSchema),
  /** A consistent copy while the project is open. */
  copyTo: procedure.input(inProject.extend({ path: z.string() })).output(nothing),
  /** Takes a project off the recent list; the file stays. */
  forget: procedure.input(z.object({ path: z.string() })).output(nothing),
  /** Deletes the file. Refused while the project is open. */
  remove: procedure.input(z.object({ path: z.string() })).output(nothing),
};
