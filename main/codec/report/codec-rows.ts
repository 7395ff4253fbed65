import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import type { CodecSettings } from '../codec-settings.ts';
import { encodeMatrix } from '../encode-matrix.ts';
import { decodeMatrix } from '../open-content.ts';
import type { SineReport } from '../sine/encode-sine.ts';
import type { CodecRow } from './codec-row.ts';

/**
 * Encodes a matrix, decodes it again and compares the two. A network that diverges gives a row that says so.
 *
 * @throws LacunaError `cancelled`, `internal` when a lossless codec gave back something else
 */
export async function codecRow(
  title: string,
  matrix: CsrMatrix,
  settings: CodecSettings,
  startEngine: () => Promise<Engine>,
  task: LongTask = {},
): Promise<CodecRow> {
  const startedAt = performance.now();
  const seconds = (since: number): number => (performance.now() - since) / 1000;
  try {
    const { content, sine } = await encodeMatrix({ name: title, matrix, axes: null }, settings, startEngine, task);
    const encodeSeconds = seconds(startedAt);
    const decodingAt = performance.now();
    const decoded = await decodeMatrix(content, task);
    const decodeSeconds = seconds(decodingAt);
    const { lossless } = content.header;
    const exactShare = shareOfExact(matrix, decoded);
    if (lossless && exactShare < 1) {
      throw new LacunaError(
        'internal',
        `${title}: decoding gave other counts.`,
        'This is a fault of Lacuna. Please report it.',
      );
    }
    const parts = Object.fromEntries([...content.sections].map(([name, part]) => [name, part.length]));
    const bytes = Object.values(parts).reduce((sum, size) => sum + size, 0);
    return {
      title,
      bytes,
      parts,
      bitsPerNonzero: (8 * bytes) / matrix.values.length,
      exactShare,
      lossless,
      encodeSeconds,
      decodeSeconds,
      note: sine ? fitNote(sine) : '',
    };
  } catch (error) {
    if (!(error instanceof LacunaError && error.code === 'diverged')) throw error;
    return {
      title,
      bytes: NaN,
      parts: {},
      bitsPerNonzero: NaN,
      exactShare: null,
      lossless: false,
      encodeSeconds: seconds(startedAt),
      decodeSeconds: null,
      note: 'diverged',
    };
  }
}

/** What the networks of a file are worth, in a few words. */
export function fitNote({ patches, nWeights, exactShare }: SineReport): string {
  const collapsed = patches.filter(({ verdict }) => verdict === 'collapsed').length;
  const n = patches.reduce((sum, patch) => sum + patch.n, 0);
  const mean = (of: (patch: SineReport['patches'][number]) => number): number =>
    patches.reduce((sum, patch) => sum + of(patch) * patch.n, 0) / n;
  const words = [
    `${nWeights.toLocaleString('en-US')} weights`,
    `explains ${(100 * mean(({ mse, variance }) => (variance > 0 ? 1 - mse / variance : 1))).toFixed(0)} % of the variance`,
  ];
  if (collapsed > 0)
    words.unshift(
      patches.length === 1 ? 'COLLAPSED to a constant' : `${collapsed} of ${patches.length} networks COLLAPSED`,
    );
  else if (exactShare >= 0.99) words.unshift('fits');
  return words.join(', ');
}

function shareOfExact(given: CsrMatrix, decoded: CsrMatrix): number {
  let exact = 0;
  for (let k = 0; k < given.values.length; k++)
    if (given.indices[k] === decoded.indices[k] && given.values[k] === decoded.values[k]) exact++;
  return exact / given.values.length;
}
