import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { LongTask } from '../dataset/progress.ts';
import type { Engine } from '../engine/engine.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { version } from '../version.ts';
import type { CodecSettings } from './codec-settings.ts';
import { packAxes, type Axes } from './container/axes.ts';
import type { LczContent } from './container/lcz-file.ts';
import { matrixCrc } from './container/matrix-crc.ts';
import { encodeCounts } from './counts/encode-counts.ts';
import { encodeSine, type SineReport } from './sine/encode-sine.ts';

/** What is to be encoded. */
export interface CodecInput {
  name: string;
  matrix: CsrMatrix;
  /** Null leaves the names out: then the file holds nothing but the matrix. */
  axes: Axes | null;
}

export interface Encoded {
  content: LczContent;
  /** How the networks of the scheme `sine` fit; null for others. */
  sine: SineReport | null;
}

/**
 * Encodes a matrix of counts.
 *
 * @param startEngine called only where something is to be trained
 * @throws LacunaError `unsupported` for an empty matrix, `cancelled`, `diverged`, `out-of-memory`
 */
export async function encodeMatrix(
  { name, matrix, axes }: CodecInput,
  settings: CodecSettings,
  startEngine: () => Promise<Engine>,
  task: LongTask = {},
): Promise<Encoded> {
  if (matrix.nObs === 0 || matrix.nVar === 0 || matrix.values.length === 0) {
    throw new LacunaError('unsupported', `${name} holds no count above 0.`, 'Choose a dataset with counts.');
  }
  const encoded =
    settings.scheme === 'counts'
      ? { ...(await encodeCounts(matrix, settings, startEngine, task)), report: null, decoded: matrix.values }
      : await encodeSine(matrix, settings, await startEngine(), task);
  const decoded = encoded.lossless ? matrix : { ...matrix, values: encoded.decoded };
  const sections = new Map(encoded.sections);
  if (axes) sections.set('names', packAxes(axes));
  return {
    content: {
      header: {
        scheme: settings.scheme,
        nObs: matrix.nObs,
        nVar: matrix.nVar,
        nnz: matrix.values.length,
        lossless: encoded.lossless,
        matrixCrc: matrixCrc(decoded),
        name,
        program: `Lacuna ${version}`,
        facts: encoded.facts as LczContent['header']['facts'],
      },
      sections,
    },
    sine: encoded.report,
  };
}
