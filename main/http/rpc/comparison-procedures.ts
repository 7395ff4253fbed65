import { crossTable } from '../../core/comparison/cross-table.ts';
import { os } from './implementer.ts';

/** Runs side by side. */
export const comparison = {
  cross: os.comparison.cross.handler(({ context, input }) =>
    crossTable(context.core.project(input.project), input.dataset, input.left, input.right),
  ),
};
