import type { ValueKind } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { ImportChoice } from '../format-reader.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { surveyMatrix } from './h5ad-matrix.ts';
import type { H5adMatrix } from './h5ad-matrix.ts';

/** Values looked at in each matrix to tell which holds the raw counts. */
const glance = 250_000;

const kindLabel: Record<ValueKind, string> = {
  counts: 'counts',
  nonnegative: 'not counts',
  real: 'with negative values',
};

/**
 * The choice of the matrix to work on. The default is the one that holds raw counts: X if it does, else a layer whose
 * name says so (`counts`, `raw_counts`), else raw, else any other layer; X when none does.
 */
export async function mainMatrixChoice(
  file: Hdf5File,
  matrices: readonly H5adMatrix[],
  task: LongTask,
): Promise<ImportChoice> {
  const names = { obsName: (i: number) => `number ${i + 1}`, varName: (i: number) => `number ${i + 1}` };
  const kinds = new Map<string, ValueKind | null>();
  for (const matrix of matrices) {
    const { values } = await surveyMatrix(file, matrix, glance, null, names, { signal: task.signal }).catch(
      (error: unknown) => {
        // A broken layer must not keep people from importing another; if it is chosen, the error comes then.
        if (matrices.length === 1 || task.signal?.aborted) throw error;
        return { values: null };
      },
    );
    kinds.set(matrix.value, values === null || values.seen === values.zeros ? null : values.kind());
  }
  const inOrder = [...matrices].sort((a, b) => rank(a.value) - rank(b.value));
  const best = inOrder.find(({ value }) => kinds.get(value) === 'counts') ?? inOrder[0];
  return {
    key: 'matrix',
    label: 'Matrix',
    help: 'Which matrix to work on. Raw counts are best: every method can start from them.',
    kind: 'one-of',
    options: matrices.map(({ value, nVar }) => {
      const kind = kinds.get(value);
      return {
        value,
        label: `${value} (${nVar.toLocaleString('en-US')} genes, ${kind ? kindLabel[kind] : 'empty or unreadable'})`,
      };
    }),
    default: best.value,
  };
}

function rank(value: string): number {
  if (value === 'X') return 0;
  if (value.startsWith('layers/')) return /count|raw|umi/i.test(value) ? 1 : 3;
  return 2;
}

/** The choice of further matrices to keep beside the main one; `null` when there is none of the same genes. */
export function layersChoice(matrices: readonly H5adMatrix[], main: H5adMatrix): ImportChoice | null {
  const others = matrices.filter((matrix) => matrix !== main && matrix.nVar === main.nVar && matrix.value !== 'raw/X');
  if (main.value === 'raw/X' || others.length === 0) return null;
  return {
    key: 'layers',
    label: 'Further matrices',
    help: 'Matrices to keep beside the main one. They make the project larger; none is needed.',
    kind: 'many-of',
    options: others.map(({ value }) => ({ value, label: value })),
    default: '',
  };
}
