import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { AxisTable } from '../../../dataset/dataset-source.ts';
import type { Column } from '../../../dataset/column.ts';
import type { ObsArray } from '../../../export/csv/obs-fields.ts';
import { writeObsTable } from '../../../export/csv/write-obs-table.ts';
import { denseMatrix } from '../../../export/dense-matrix.ts';
import type { ExportResult } from '../../../export/export-source.ts';
import { writeH5ad } from '../../../export/h5ad/write-h5ad.ts';
import type { RunInfo } from '../../../projects/project.types.ts';
import type { ExportFormat } from '../../export-request.ts';
import type { ExportSpec } from '../../job-spec.ts';
import { cachedEmbedding } from '../cached-embedding.ts';
import type { JobContext } from '../job-context.ts';
import { spacePoints } from '../space-points.ts';
import { provenanceOf } from './provenance.ts';
import { clusterColumns, pictureName, runArrays } from './run-columns.ts';
import { takeAxis } from './take-axis.ts';
import { tissueLayout } from './tissue-layout.ts';

/**
 * The latent, a picture or the clusters of a run: as a table with a line per cell, or (latent and picture) as the X of
 * an `.h5ad` with everything else that is known of the cells.
 */
export async function writeTable(
  spec: ExportSpec,
  format: ExportFormat,
  run: RunInfo,
  context: JobContext,
): Promise<ExportResult> {
  const { project } = context;
  const obs = takeAxis(project.datasets.obs(run.datasetId), project.runs.axes(run.id).obsIndex);
  const { columns, arrays } = await contentOf(spec, run, context);
  const { overwrite } = spec;
  if (format !== 'h5ad') {
    const tableFormat = format === 'tsv' || format === 'json' ? format : 'csv';
    return writeObsTable(spec.out, obs.names, columns, arrays, { overwrite, format: tableFormat }, context);
  }
  const [{ name, nDim, values }] = arrays;
  const dimensions: AxisTable = { names: Array.from({ length: nDim }, (_, i) => `${name}_${i + 1}`), columns: [] };
  const source = {
    nObs: obs.names.length,
    nVar: nDim,
    obs: { names: obs.names, columns: [...obs.columns, ...clusterColumns(project, run)] },
    var: dimensions,
    matrices: [denseMatrix('X', nDim, Float32Array.from(values), 'real')],
    obsm: runArrays(project, run),
    spatial: tissueLayout(project, run.datasetId),
    provenance: provenanceOf(project, run),
  };
  return writeH5ad(spec.out, source, { overwrite }, context);
}

async function contentOf(
  spec: ExportSpec,
  run: RunInfo,
  context: JobContext,
): Promise<{ columns: Column[]; arrays: ObsArray[] }> {
  switch (spec.what) {
    case 'latent': {
      const { nDim, values } = await spacePoints(context, run, 'latent');
      return { columns: [], arrays: [{ name: 'latent', nDim, values }] };
    }
    case 'embedding': {
      const { method, nDim, space, parameters } = spec.embedding;
      const { values } = await cachedEmbedding(context, {
        run,
        datasetId: run.datasetId,
        space,
        method,
        nDim,
        parameters,
      });
      return { columns: [], arrays: [{ name: pictureName({ space, kind: method, nDim }).slice(2), nDim, values }] };
    }
    default: {
      const columns = clusterColumns(context.project, run);
      if (columns.length > 0) return { columns, arrays: [] };
      throw new LacunaError('not-found', `${run.name} has no clusters yet.`, 'Score or cluster the run first.');
    }
  }
}
