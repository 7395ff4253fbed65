import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';

/**
 * Notes the SHA-256 of every file that a dataset came from in its provenance, so that a report can name them beyond
 * doubt.
 *
 * @param provenance `files` in it are `{ path, bytes }`; each gets `sha256`
 * @throws LacunaError `cancelled`
 */
export async function addChecksums(provenance: Record<string, unknown>, task: LongTask): Promise<void> {
  if (!Array.isArray(provenance.files)) return;
  const files = provenance.files as { path: string; bytes: number; sha256?: string }[];
  const whole = files.reduce((sum, { bytes }) => sum + bytes, 0);
  let read = 0;
  let told = 0;
  const summed = [];
  for (const file of files) {
    const hash = createHash('sha256');
    try {
      for await (const piece of createReadStream(file.path, { highWaterMark: 1 << 20 })) {
        throwIfCancelled(task.signal);
        hash.update(piece as Buffer);
        read += (piece as Buffer).length;
        if (performance.now() - told > 100) {
          told = performance.now();
          task.report?.({
            stage: 'Taking checksums of the files',
            fraction: whole > 0 ? Math.min(1, read / whole) : null,
          });
        }
      }
      summed.push({ ...file, sha256: hash.digest('hex') });
    } catch (thrown) {
      // Whatever could be read as data has been; a report says where a checksum is missing.
      if (LacunaError.from(thrown).code === 'cancelled') throw thrown;
      summed.push(file);
    }
  }
  provenance.files = summed;
}
