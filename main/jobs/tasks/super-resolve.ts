import { LacunaError } from '../../errors/lacuna-error.ts';
import { geneColumn, predictField } from '../../methods/inr/predict-at.ts';
import type { SuperResolveResult } from '../job-results.ts';
import type { SuperResolveSpec } from '../job-spec.ts';
import { finerGrid } from './finer-grid.ts';
import { finishedRun } from './finished-run.ts';
import type { JobContext } from './job-context.ts';

/**
 * One gene between the spots: what the function of position that a run learned says on a finer grid, where there is
 * tissue. Stored with the run.
 *
 * @throws LacunaError `unsupported` for runs that learned no such function, `not-found` for genes that the run did not use,
 *   `bad-option`, `cancelled`
 */
export async function superResolve(spec: SuperResolveSpec, context: JobContext): Promise<SuperResolveResult> {
  const { project, signal, report } = context;
  const { runId, gene, factor } = spec;
  const run = finishedRun(project, runId);
  const stored = project.runs.finer(runId, gene, factor);
  if (stored) return { runId, gene, factor, nPlaces: stored.values.length / stored.nDim, cached: true };
  const field = project.runs.field(runId);
  const model = project.runs.denoised(runId);
  if (field === null || model.kind !== 'factored')
    throw new LacunaError(
      'unsupported',
      `${run.name} learned no function of position, so it says nothing of places between the spots.`,
      'Train SUICA, FFN, SIREN or NGP on this section.',
    );
  const { obsIndex, varIndex } = project.runs.axes(runId);
  const position = varIndex.indexOf(gene);
  if (position === -1)
    throw new LacunaError(
      'not-found',
      `${run.name} did not use this gene, so it cannot predict it.`,
      'It was filtered out, or is not among the variable genes.',
    );
  report({ stage: 'Laying the grid', fraction: null });
  const places = project.datasets.obsm(run.datasetId, field.obsm);
  const { nDim } = places;
  const spots = new Float64Array(obsIndex.length * nDim);
  obsIndex.forEach((obs, i) => spots.set(places.values.subarray(obs * nDim, (obs + 1) * nDim), i * nDim));
  const grid = await finerGrid({ nDim, values: spots }, factor, signal);
  const column = geneColumn(model, position);
  const values = await predictField(await context.engine(), field, { nDim, values: grid.positions }, column, context);
  const width = nDim + 2;
  const rows = new Float32Array(values.length * width);
  for (let i = 0; i < values.length; i++) {
    for (let d = 0; d < nDim; d++) rows[i * width + d] = grid.positions[i * nDim + d];
    rows[i * width + nDim] = grid.nearest[i];
    rows[i * width + nDim + 1] = values[i];
  }
  project.runs.putFiner(runId, gene, factor, { nDim: width, values: rows });
  return { runId, gene, factor, nPlaces: values.length, cached: false };
}
