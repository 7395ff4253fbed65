import type { Points } from '../../embed/points.ts';
import { denoisedCoordinates } from '../../methods/denoised/denoised-coordinates.ts';
import { createEngineReader } from '../../methods/denoised/engine-reader.ts';
import type { RunInfo } from '../../projects/project.types.ts';
import type { JobContext } from './job-context.ts';
import { loadExpression } from './load-expression.ts';

/** The denoised matrix of a run as points whose distances are those between denoised cells. */
export async function denoisedPoints(context: JobContext, run: RunInfo): Promise<Points> {
  const model = context.project.runs.denoised(run.id);
  const source =
    model.kind === 'neighbours' ? await loadExpression(context.project, run, context) : { nObs: run.nObs ?? 0 };
  context.report({ stage: 'Measuring the denoised matrix', fraction: null });
  const { values, nDim } = await denoisedCoordinates(model, source, context, (passes) =>
    createEngineReader(model, source, context.engine, { passes }),
  );
  return { values, nDim, nObs: values.length / nDim };
}
