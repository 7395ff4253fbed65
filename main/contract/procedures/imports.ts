import { z } from 'zod';
import { inspectionSchema } from '../entities/dataset.ts';
import { inProject, jobStarted, procedure } from './base.ts';

const options = z.record(z.string(), z.string()).default({});

/** Looking into files, and bringing them into a project. */
export const imports = {
  /** What is in a file or folder. Nothing is stored. */
  inspect: procedure
    .input(z.object({ path: z.string(), format: z.string().optional(), options }))
    .output(inspectionSchema),
  start: procedure
    .input(
      inProject.extend({
        path: z.string(),
        format: z.string().optional(),
        options,
        /** CSV / TSV of annotations, joined by barcode. */
        labels: z.string().optional(),
        name: z.string().optional(),
      }),
    )
    .output(jobStarted),
};
