import { z } from 'zod';
import { annotationEditSchema, annotationStateSchema } from '../entities/annotation.ts';
import { groupSourceSchema } from '../entities/markers.ts';
import { inDataset, inProject, procedure } from './base.ts';

/**
 * Groups that a person names, merges and colours. An annotation is an obs column of its own; what it was begun from
 * stays as it is. `datasets.removeColumn` takes one away, `restore` of its last state brings it back.
 */
export const annotations = {
  list: procedure.input(inDataset).output(z.array(annotationStateSchema)),
  begin: procedure
    .input(
      inDataset.extend({
        column: z.string().trim().min(1).max(80),
        /** Null: nobody is in a group. */
        from: groupSourceSchema.nullable(),
        /** A first change. */
        edit: annotationEditSchema.optional(),
      }),
    )
    .output(annotationStateSchema),
  edit: procedure
    .input(inDataset.extend({ column: z.string(), edit: annotationEditSchema }))
    .output(annotationStateSchema),
  /** For undo and redo: the state `revision` or `before` of an earlier answer. */
  restore: procedure.input(inProject.extend({ revision: z.number() })).output(annotationStateSchema),
};
