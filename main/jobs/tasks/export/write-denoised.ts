import { writeMatrixCsv } from '../../../export/csv/write-matrix-csv.ts';
import type { ExportResult, ExportSource } from '../../../export/export-source.ts';
import { writeH5ad } from '../../../export/h5ad/write-h5ad.ts';
import { writeTenxH5 } from '../../../export/tenx-h5/write-tenx-h5.ts';
import { writeTenxMtx } from '../../../export/tenx-mtx/write-tenx-mtx.ts';
import type { CsrMatrix } from '../../../dataset/csr-matrix.ts';
import type { RunInfo } from '../../../projects/project.types.ts';
import type { ExportFormat } from '../../export-request.ts';
import type { ExportSpec } from '../../job-spec.ts';
import type { JobContext } from '../job-context.ts';
import { loadExpression } from '../load-expression.ts';
import { denoisedValues, dropoutProbabilities } from './count-matrices.ts';
import { provenanceOf } from './provenance.ts';
import { clusterColumns, runArrays } from './run-columns.ts';
import { takeAxis } from './take-axis.ts';
import { tissueLayout } from './tissue-layout.ts';

/** The denoised matrix of a run, streamed; an `.h5ad` also gets the counts and everything else that is known. */
export async function writeDenoised(
  spec: ExportSpec,
  format: ExportFormat,
  run: RunInfo,
  context: JobContext,
): Promise<ExportResult> {
  const source = await denoisedSource(spec, format, run, context);
  const { overwrite, minValue } = spec;
  switch (format) {
    case 'h5':
      return writeTenxH5(spec.out, source, { overwrite, minValue }, context);
    case 'mtx':
      return writeTenxMtx(spec.out, source, { overwrite, minValue }, context);
    case 'csv':
    case 'tsv':
      return writeMatrixCsv(spec.out, source, { overwrite, delimiter: format }, context);
    default:
      return writeH5ad(spec.out, source, { overwrite, minValue, dense: minValue > 0 ? 'sparse' : 'dense' }, context);
  }
}

/**
 * X: denoised values on the scale asked for. Layers `counts`: what was measured, `dropout`: the probability that it was lost. obs: annotations and clusters. obsm:
 * coordinates, latent, pictures. uns: everything that is needed to repeat it.
 */
async function denoisedSource(
  spec: ExportSpec,
  format: ExportFormat,
  run: RunInfo,
  context: JobContext,
): Promise<ExportSource> {
  const { project } = context;
  const data = await loadExpression(project, run, context);
  const obs = takeAxis(project.datasets.obs(run.datasetId), data.obsIndex);
  const { valueKind } = project.datasets.get(run.datasetId);
  return {
    nObs: data.nObs,
    nVar: data.nVar,
    obs: { names: obs.names, columns: [...obs.columns, ...clusterColumns(project, run)] },
    var: takeAxis(project.datasets.var(run.datasetId), data.varIndex),
    matrices: [
      {
        name: 'X',
        storage: 'dense',
        valueKind: spec.scale === 'model' ? 'real' : 'nonnegative',
        chunks: denoisedValues(spec, run, data, context),
      },
      ...(spec.dropout && format === 'h5ad'
        ? [
            {
              name: 'dropout',
              storage: 'dense' as const,
              valueKind: 'nonnegative' as const,
              chunks: dropoutProbabilities(run, data, context),
            },
          ]
        : []),
      {
        name: 'counts',
        storage: 'sparse',
        valueKind,
        async *chunks() {
          yield* sparseChunks(data.counts);
        },
      },
    ],
    obsm: runArrays(project, run),
    spatial: tissueLayout(project, run.datasetId),
    provenance: {
      ...provenanceOf(project, run),
      export: { what: 'denoised', values: spec.values, scale: spec.scale, minValue: spec.minValue },
    },
  };
}

const ROWS_PER_CHUNK = 1024;

function* sparseChunks({ nObs, nVar, indptr, indices, values }: CsrMatrix) {
  for (let start = 0; start < nObs; start += ROWS_PER_CHUNK) {
    const end = Math.min(nObs, start + ROWS_PER_CHUNK);
    const [from, to] = [indptr[start], indptr[end]];
    yield {
      start,
      nObs: end - start,
      nVar,
      indptr: Uint32Array.from(indptr.subarray(start, end + 1), (at) => at - from),
      indices: indices.subarray(from, to),
      values: values.subarray(from, to),
    };
  }
}
