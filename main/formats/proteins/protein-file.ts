import { basename } from 'node:path';
import type { Column } from '../../dataset/column.ts';
import type { AxisTable, DatasetSource, MatrixSource } from '../../dataset/dataset-source.ts';
import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { isProteinType } from '../protein-features.ts';
import { openPath } from '../registry.ts';

/** Panels have a few hundred antibodies; a file of unknown features with more than this holds genes. */
const MOST_PROTEINS = 1000;

/** Proteins of a file of their own, ready to stream; the caller closes it. */
export interface ProteinFile {
  path: string;
  obsNames: readonly string[];
  var: AxisTable;
  matrix: MatrixSource;
  close(): void;
}

/**
 * Opens a file for its proteins: those beside its genes, or all of its features where it holds proteins alone. Any
 * format that Lacuna reads will do.
 *
 * @throws LacunaError `bad-file` when there are none, and what `openPath` throws
 */
export async function openProteinFile(path: string, task: LongTask = {}): Promise<ProteinFile> {
  const source = await openPath(path, {}, task);
  const close = (): void => source.close();
  const beside = source.modalities?.find(({ name }) => name === 'protein');
  if (beside !== undefined) return { path, obsNames: source.obs.names, var: beside.var, matrix: beside.matrix, close };
  const why = whyNoProteins(source);
  if (why !== null) {
    close();
    throw new LacunaError(
      'bad-file',
      `${basename(path)} holds no proteins: ${why}.`,
      'Choose the file with the antibody counts (ADT) of these cells.',
      { file: path },
    );
  }
  return { path, obsNames: source.obs.names, var: source.var, matrix: source.matrices[0], close };
}

/** What speaks against a file of proteins alone; null when nothing does. */
function whyNoProteins({ nVar, var: { columns } }: DatasetSource): string | null {
  const types = new Set(typesOf(columns.find(({ name }) => name === 'feature_type')));
  types.delete('');
  if (types.size > 0)
    return [...types].every(isProteinType) ? null : `its features are ${[...types].slice(0, 3).join(', ')}`;
  return nVar > MOST_PROTEINS ? `it has ${nVar.toLocaleString('en-US')} features, too many for antibodies` : null;
}

function typesOf(column: Column | undefined): string[] {
  if (column?.kind === 'categorical') return column.categories;
  return column?.kind === 'string' ? column.values : [];
}
