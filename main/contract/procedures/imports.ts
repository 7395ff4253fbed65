import { z } from 'zod';
import { inspectionSchema } from '../entities/dataset.ts';
import { importPreviewSchema, labelsPreviewSchema, proteinsPreviewSchema } from '../entities/import-preview.ts';
import { inProject, jobStarted, procedure } from './base.ts';

const options = z.record(z.string(), z.string()).default({});

/** Looking into files, and bringing them into a project. */
export const imports = {
  /** What is in a file or folder. Nothing is stored. */
  inspect: procedure
    .input(z.object({ path: z.string(), format: z.string().optional(), options }))
    .output(inspectionSchema),
  /** The first observations of a file and where they lie. Nothing is stored. */
  preview: procedure
    .input(z.object({ path: z.string(), format: z.string().optional(), options }))
    .output(importPreviewSchema),
  /** How a labels file would fit. Nothing is stored. */
  labels: procedure
    .input(z.object({ path: z.string(), format: z.string().optional(), options, labels: z.string() }))
    .output(labelsPreviewSchema),
  /** How a file of surface proteins would fit. Nothing is stored. */
  proteins: procedure
    .input(z.object({ path: z.string(), format: z.string().optional(), options, proteins: z.string() }))
    .output(proteinsPreviewSchema),
  start: procedure
    .input(
      inProject.extend({
        path: z.string(),
        format: z.string().optional(),
        options,
        /** CSV / TSV of annotations, joined by barcode. */
        labels: z.string().optional(),
        /** File with surface proteins of the same cells, joined by barcode. */
        proteins: z.string().optional(),
        name: z.string().optional(),
      }),
    )
    .output(jobStarted),
};
