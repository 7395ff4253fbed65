import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { requirePlainName } from '../../core/files/plain-name.ts';
import { batchChoices } from '../../core/scores/batch-choices.ts';
import { labelChoices } from '../../core/scores/label-choices.ts';
import { projectScoreTable } from '../../core/scores/project-score-table.ts';
import { runConfusion } from '../../core/scores/run-confusion.ts';
import { os } from './implementer.ts';

/** Embeddings, clusterings, scores and exports. */
export const analysis = {
  embeddings: os.analysis.embeddings.handler(({ context, input }) =>
    context.core.project(input.project).embeddings.list(input.run),
  ),
  embed: os.analysis.embed.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.embed(context.core.project(project), request).id,
  })),
  superResolve: os.analysis.superResolve.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.superResolve(context.core.project(project), request).id,
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
  checkBatches: os.analysis.checkBatches.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.checkBatches(context.core.project(project), request).id,
  })),
  batches: os.analysis.batches.handler(({ context, input }) =>
    batchChoices(context.core.project(input.project), input.dataset),
  ),
  scores: os.analysis.scores.handler(({ context, input }) =>
    context.core
      .project(input.project)
      .scores.list({ runIds: input.runIds })
      .filter((row) => !Number.isNaN(row.value)),
  ),
  labels: os.analysis.labels.handler(({ context, input }) =>
    labelChoices(context.core.project(input.project), input.dataset),
  ),
  table: os.analysis.table.handler(({ context, input: { project, ...request } }) =>
    projectScoreTable(context.core.project(project), request),
  ),
  confusion: os.analysis.confusion.handler(({ context, input: { project, run, ...request } }) =>
    runConfusion(context.core.project(project), { ...request, runId: run }),
  ),
  export: os.analysis.export.handler(({ context, input: { project, ...request } }) => ({
    job: context.core.export(context.core.project(project), request).id,
  })),
  exportForDownload: os.analysis.exportForDownload.handler(({ context, input: { project, name, ...request } }) => {
    const folder = context.launchFolder.folder('exports', randomUUID());
    const out = join(folder, requirePlainName(name));
    return { job: context.core.export(context.core.project(project), { ...request, out }).id };
  }),
};
