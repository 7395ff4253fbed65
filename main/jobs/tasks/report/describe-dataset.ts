import { createHash, type Hash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { CsrChunk } from '../../../dataset/csr-matrix.ts';
import type { LongTask } from '../../../dataset/progress.ts';
import { throwIfCancelled } from '../../../errors/lacuna-error.ts';
import type { ReportDataset } from '../../../export/report/report-data.ts';
import { measureObs, type StreamedMatrix } from '../../../preprocess/quality/measure-quality.ts';
import { findMitochondrial } from '../../../preprocess/quality/mitochondrial.ts';
import type { DatasetInfo, Project } from '../../../projects/project.types.ts';
import { describeQuality } from './describe-quality.ts';

/** Observations read at a time. */
const BLOCK = 500;

/** A dataset for the report: where it came from, what is stored, how good it is. Two passes over its matrix. */
export async function describeDataset(project: Project, dataset: DatasetInfo, task: LongTask): Promise<ReportDataset> {
  const { id, provenance } = dataset;
  const observation = dataset.obsm.some(({ name }) => name === 'spatial') ? 'spot' : 'cell';
  const content = createHash('sha256');
  const hashed = storedMatrix(project, dataset, (chunk) => addContent(content, chunk));
  const obs = await measureObs(hashed, findMitochondrial(project.datasets.var(id)).mask, task);
  return {
    id,
    name: dataset.name,
    observation,
    nObs: dataset.nObs,
    nVar: dataset.nVar,
    nnz: dataset.nnz,
    valueKind: dataset.valueKind,
    format: textIn(provenance.title) || textIn(provenance.format),
    importedAt: dataset.createdAt,
    files: filesOf(provenance),
    options: optionsOf(provenance.options),
    warnings: Array.isArray(provenance.warnings) ? provenance.warnings.map(String) : [],
    contentSha256: content.digest('hex'),
    columns: dataset.obsColumns.map(({ name, kind, nCategories }) => ({ name, kind, groups: nCategories })),
    positions: dataset.obsm.map(({ name, nDim, unit }) => ({ name, nDim, unit })),
    quality: await describeQuality(project, dataset, obs, storedMatrix(project, dataset), task),
  };
}

/**
 * The identity of a sparse matrix, whatever file it came from: for every observation in order, the number of its
 * entries (uint32), their variables (uint32, ascending) and their values (float32), all little-endian.
 */
function addContent(hash: Hash, { nObs, indptr, indices, values }: CsrChunk): void {
  const length = Buffer.alloc(4);
  for (let i = 0; i < nObs; i++) {
    const [from, to] = [indptr[i], indptr[i + 1]];
    length.writeUInt32LE(to - from);
    hash.update(length);
    hash.update(bytesOf(indices.subarray(from, to)));
    hash.update(bytesOf(values.subarray(from, to)));
  }
}

function bytesOf(array: Uint32Array | Float32Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** The main matrix as a stream; `each` sees every block as it passes. */
function storedMatrix(
  project: Project,
  { id, nObs, nVar }: DatasetInfo,
  each: (chunk: CsrChunk) => void = () => undefined,
): StreamedMatrix {
  return {
    nObs,
    nVar,
    async *chunks(signal?: AbortSignal): AsyncGenerator<CsrChunk> {
      for (let start = 0; start < nObs; start += BLOCK) {
        throwIfCancelled(signal);
        const chunk = { start, ...project.datasets.rows(id, start, Math.min(start + BLOCK, nObs)) };
        each(chunk);
        yield chunk;
        await setImmediate();
      }
    },
  };
}

/** Names without their folders: those are nobody else's business, and differ between computers. */
function filesOf(provenance: Record<string, unknown>): ReportDataset['files'] {
  if (!Array.isArray(provenance.files)) return [];
  return (provenance.files as { path?: unknown; bytes?: unknown; sha256?: unknown }[]).map((file) => ({
    name: textIn(file.path).split(/[\\/]/).at(-1) ?? '',
    bytes: typeof file.bytes === 'number' ? file.bytes : 0,
    sha256: typeof file.sha256 === 'string' ? file.sha256 : null,
  }));
}

function optionsOf(options: unknown): Record<string, string> {
  if (typeof options !== 'object' || options === null) return {};
  return Object.fromEntries(Object.entries(options).map(([key, value]) => [key, String(value)]));
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
