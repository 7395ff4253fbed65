import { csrLayouts } from '../../../codec/baseline/csr-layouts.ts';
import { generalCompressors } from '../../../codec/baseline/general-compressors.ts';
import { resolveCodecSettings } from '../../../codec/codec-settings.ts';
import { writeLcz } from '../../../codec/container/lcz-file.ts';
import { encodeMatrix } from '../../../codec/encode-matrix.ts';
import { checkCounts } from '../../../codec/load-counts.ts';
import { decodeMatrix } from '../../../codec/open-content.ts';
import type { ExportResult } from '../../../export/export-source.ts';
import { LacunaError } from '../../../errors/lacuna-error.ts';
import type { ExportSpec } from '../../job-spec.ts';
import type { JobContext } from '../job-context.ts';

/**
 * The counts of a dataset, compressed without loss; the notes say how that compares with zstd.
 *
 * @throws LacunaError `unsupported` for a matrix that holds no counts
 */
export async function writeCompressed(spec: ExportSpec, context: JobContext): Promise<ExportResult> {
  const { project } = context;
  const id = spec.datasetId ?? datasetOf(spec, context);
  const { name } = project.datasets.get(id);
  const matrix = await project.datasets.load(id, undefined, context);
  checkCounts(matrix.values, name);
  const settings = resolveCodecSettings(spec.network ? 'model' : 'genes');
  const axes = { obs: project.datasets.obs(id), var: project.datasets.var(id) };
  const { content } = await encodeMatrix({ name, matrix, axes }, settings, context.engine, context);
  await decodeMatrix(content, context);
  const bytes = await writeLcz(spec.out, content, spec.overwrite);

  context.report({ stage: 'Comparing with zstd', fraction: null });
  const nnz = matrix.values.length;
  let held = 0;
  for (const [part, { length }] of content.sections) if (part !== 'names') held += length;
  const layout = csrLayouts.find((candidate) => candidate.id === 'gene-gaps')!;
  const zstd = await generalCompressors.find((candidate) => candidate.id === 'zstd')!.compress(layout.bytes(matrix));
  const share = 100 * (1 - held / zstd.length);
  const bits = (size: number): string => ((8 * size) / nnz).toFixed(2);
  return {
    path: spec.out,
    bytes,
    nValues: nnz,
    warnings: [
      `Decoded and compared: nothing is lost. The counts take ${bits(held)} bits each, with their places; zstd -19 on the same counts, gene by gene, takes ${bits(zstd.length)} (${share >= 0 ? `${share.toFixed(0)} % saved` : `${(-share).toFixed(0)} % more than zstd`}).`,
      `Read it with: lacuna codec decode FILE.lcz OUT.h5ad`,
    ],
  };
}

function datasetOf(spec: ExportSpec, { project }: JobContext): number {
  if (spec.runId !== null) return project.runs.get(spec.runId).datasetId;
  const newest = project.datasets.list().at(-1);
  if (newest) return newest.id;
  throw new LacunaError('bad-request', 'This project has no dataset yet.', 'Import one first.');
}
