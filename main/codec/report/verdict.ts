import type { CodecRow } from './codec-row.ts';

/** Says plainly whether anything beats zstd, and by how much. */
export function codecVerdict(rows: readonly CodecRow[]): string {
  const smallest = (of: readonly CodecRow[]): CodecRow | undefined =>
    of.toSorted((a, b) => a.bitsPerNonzero - b.bitsPerNonzero)[0];
  const zstd = smallest(rows.filter(({ title }) => title.startsWith('zstd')));
  const ours = smallest(rows.filter(({ lossless, title }) => lossless && !/^(zstd|gzip|brotli|source)/.test(title)));
  if (!zstd || !ours) return '';
  const figures = `${ours.bitsPerNonzero.toFixed(3)} bits per nonzero count, all parts and positions included, against ${zstd.bitsPerNonzero.toFixed(3)} (${zstd.title})`;
  const share = 1 - ours.bytes / zstd.bytes;
  return share > 0
    ? `'${ours.title}' beats zstd by ${(100 * share).toFixed(1)} %: ${figures}.`
    : `Nothing beats zstd: the best is '${ours.title}' with ${figures}.`;
}
