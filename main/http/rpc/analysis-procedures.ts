import { os } from './implementer.ts';

/** Embeddings, clusterings, scores and exports. */
export const analysis = {
  embeddings: os.analysis.embeddings.handler(({ context, input }) =>
    context.core.project(input.project).embeddings.list(input.run),
  ),
  embed: os.analysis.embed.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.embed(context.core.project(project), request).id,
  })),
  clusterings: os.analysis.clusterings.handler(({ context, input }) =>
    context.core.project(input.project).clusterings.list(input.run),
  ),
  cluster: os.analysis.cluster.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.cluster(context.core.project(project), request).id,
  })),
  score: os.analysis.score.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.score(context.core.project(project), request).id,
  })),
  scores: os.analysis.scores.handler(({ context, input }) =>
    context.core.project(input.project).scores.list({ runIds: input.runIds }),
  ),
  export: os.analysis.export.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.export(context.core.project(project), request).id,
  })),
};
