import { z } from 'zod';
import { markersRequestSchema, markerTableSchema } from '../entities/markers.ts';
import { inDataset, inProject, jobStarted, procedure } from './base.ts';

/** Genes that tell a group of observations from others. Figures go through `bulkRoutes.markers`. */
export const markers = {
  /** The job answers with the tables, one a group. */
  find: procedure.input(markersRequestSchema.extend(inProject.shape)).output(jobStarted),
  list: procedure.input(inDataset).output(z.array(markerTableSchema)),
  get: procedure.input(inProject.extend({ table: z.number() })).output(markerTableSchema),
  /** The whole table as text, best gene first. */
  text: procedure
    .input(
      inProject.extend({
        table: z.number(),
        format: z.enum(['csv', 'tsv']).default('csv'),
        order: z.string().default('auc_mean'),
      }),
    )
    .output(z.object({ text: z.string() })),
};
