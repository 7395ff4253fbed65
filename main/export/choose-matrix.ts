import { LacunaError } from '../errors/lacuna-error.ts';
import type { ExportMatrix, ExportSource } from './export-source.ts';

/**
 * The matrix that a format with room for one is to hold.
 *
 * @param name null: the main one
 * @throws LacunaError `bad-option` with the names there are
 */
export function chooseMatrix(source: ExportSource, name: string | null | undefined): ExportMatrix {
  const matrix = name ? source.matrices.find((candidate) => candidate.name === name) : source.matrices[0];
  if (matrix !== undefined) return matrix;
  const names = source.matrices.map((candidate) => candidate.name).join(', ');
  throw new LacunaError(
    'bad-option',
    `There is no matrix "${name ?? ''}" to export; there are: ${names}.`,
    'Choose one of these.',
  );
}
