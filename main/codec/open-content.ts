import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { LongTask } from '../dataset/progress.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { unpackAxes, type Axes } from './container/axes.ts';
import { sectionOf, type LczContent } from './container/lcz-file.ts';
import { matrixCrc } from './container/matrix-crc.ts';
import { openCounts } from './counts/open-counts.ts';
import type { LczReader } from './lcz-reader.ts';
import { openSine } from './sine/open-sine.ts';

/** The reader of the file's scheme. @throws LacunaError `bad-file` */
export function openContent(content: LczContent): LczReader {
  return content.header.scheme === 'counts' ? openCounts(content) : openSine(content);
}

/**
 * Decodes everything and compares it with the checksum that the encoder left.
 *
 * @throws LacunaError `bad-file`, `cancelled`
 */
export async function decodeMatrix(content: LczContent, task: LongTask = {}): Promise<CsrMatrix> {
  const matrix = await openContent(content).matrix(task);
  if (matrixCrc(matrix) === content.header.matrixCrc) return matrix;
  throw new LacunaError(
    'bad-file',
    `${content.header.name}: the decoded matrix does not match the checksum that was written with it.`,
    'Take another copy of the file; if that fails, too, please report it.',
  );
}

/** Names and annotations. @throws LacunaError `bad-file` */
export function axesOf(content: LczContent): Axes {
  return unpackAxes(sectionOf(content, 'names'), content.header.nObs, content.header.nVar);
}
