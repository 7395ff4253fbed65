import { markersText } from '../../core/markers/markers-text.ts';
import { os } from './implementer.ts';

/** Genes that tell a group of observations from others. */
export const markers = {
  find: os.markers.find.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.findMarkers(context.core.project(project), request).id,
  })),
  list: os.markers.list.handler(({ context, input }) =>
    context.core.project(input.project).markers.list(input.dataset),
  ),
  get: os.markers.get.handler(({ context, input }) => context.core.project(input.project).markers.get(input.table)),
  text: os.markers.text.handler(({ context, input: { project, table, ...how } }) => ({
    text: markersText(context.core.project(project), table, how),
  })),
};
