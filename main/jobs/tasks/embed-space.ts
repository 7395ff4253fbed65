import { LacunaError } from '../../errors/lacuna-error.ts';
import type { EmbedResult } from '../job-results.ts';
import type { EmbedSpec } from '../job-spec.ts';
import { cachedEmbedding } from './cached-embedding.ts';
import { finishedRun } from './finished-run.ts';
import type { JobContext } from './job-context.ts';

/**
 * Pictures a space of a run, or a dataset as it is, in two or three dimensions.
 *
 * @throws LacunaError `bad-request`, `bad-option`, `unsupported`, `cancelled`
 */
export async function embedSpace(spec: EmbedSpec, context: JobContext): Promise<EmbedResult> {
  const { method, nDim, parameters } = spec;
  const run = spec.runId === null ? null : finishedRun(context.project, spec.runId);
  const datasetId = run?.datasetId ?? spec.datasetId;
  if (datasetId === null)
    throw new LacunaError('bad-request', 'Neither a run nor a dataset was named.', 'Name one of them.');
  const space = run ? spec.space : 'data';
  const { info, values, cached, notes } = await cachedEmbedding(context, {
    run,
    datasetId,
    space,
    method,
    nDim,
    parameters,
  });
  return { embeddingId: info.id, nObs: values.length / nDim, nDim, cached, notes };
}
