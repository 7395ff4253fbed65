import { crossTableSchema } from '../entities/comparison.ts';
import { groupSourceSchema } from '../entities/markers.ts';
import { inDataset, procedure } from './base.ts';

/** Runs side by side; what is not here is read with `runs` and `analysis`. */
export const comparison = {
  /** Groups of one source against those of another: labels and clusters, or the clusters of two runs. */
  cross: procedure
    .input(inDataset.extend({ left: groupSourceSchema, right: groupSourceSchema }))
    .output(crossTableSchema),
};
