import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { csrLayouts } from '../baseline/csr-layouts.ts';
import { generalCompressors } from '../baseline/general-compressors.ts';
import { EliasFano } from '../bits/elias-fano.ts';
import type { CodecRow } from './codec-row.ts';

/** gzip, zstd and brotli on each layout of the arrays. @throws LacunaError `cancelled` */
export async function generalRows(matrix: CsrMatrix, { signal, report }: LongTask = {}): Promise<CodecRow[]> {
  const rows: CodecRow[] = [];
  const total = csrLayouts.length * generalCompressors.length;
  for (const layout of csrLayouts) {
    const bytes = layout.bytes(matrix);
    for (const compressor of generalCompressors) {
      throwIfCancelled(signal);
      report?.({ stage: `Compressing with ${compressor.title}`, fraction: rows.length / total });
      const startedAt = performance.now();
      const compressed = await compressor.compress(bytes);
      const compressedAt = performance.now();
      await compressor.restore(compressed);
      rows.push({
        title: `${compressor.title}, ${layout.title}`,
        bytes: compressed.length,
        parts: {},
        bitsPerNonzero: (8 * compressed.length) / matrix.values.length,
        exactShare: 1,
        lossless: true,
        encodeSeconds: (compressedAt - startedAt) / 1000,
        decodeSeconds: (performance.now() - compressedAt) / 1000,
        note: '',
      });
    }
  }
  return rows;
}

/** The floor of every lossy codec: the index of the zeros, and the answer 1 wherever there is a count. */
export function alwaysOneRow({ nObs, nVar, indptr, indices, values }: CsrMatrix): CodecRow {
  const startedAt = performance.now();
  function* positions(): Generator<number> {
    for (let i = 0; i < nObs; i++) for (let k = indptr[i]; k < indptr[i + 1]; k++) yield i * nVar + indices[k];
  }
  const bytes = EliasFano.from(positions(), values.length, nObs * nVar).toBytes();
  const seconds = (performance.now() - startedAt) / 1000;
  let ones = 0;
  for (const value of values) if (value === 1) ones++;
  return {
    title: 'index of the zeros, always 1',
    bytes: bytes.length,
    parts: { zeros: bytes.length },
    bitsPerNonzero: (8 * bytes.length) / values.length,
    exactShare: ones / values.length,
    lossless: ones === values.length,
    encodeSeconds: seconds,
    decodeSeconds: null,
    note: '',
  };
}
