import {
  beginAnnotation,
  editAnnotation,
  listAnnotations,
  restoreAnnotation,
} from '../../core/annotations/annotations.ts';
import { os } from './implementer.ts';

/** Groups that a person names, merges and colours. */
export const annotations = {
  list: os.annotations.list.handler(({ context, input }) =>
    listAnnotations(context.core.project(input.project), input.dataset),
  ),
  begin: os.annotations.begin.handler(({ context, input: { project, dataset, ...request } }) =>
    beginAnnotation(context.core.project(project), dataset, request),
  ),
  edit: os.annotations.edit.handler(({ context, input }) =>
    editAnnotation(context.core.project(input.project), input.dataset, input.column, input.edit),
  ),
  restore: os.annotations.restore.handler(({ context, input }) =>
    restoreAnnotation(context.core.project(input.project), input.revision),
  ),
};
