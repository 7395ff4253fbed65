import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import { LacunaError } from '../errors/lacuna-error.ts';
import { Random } from '../engine/random/random.ts';
import { takeCsr } from '../preprocess/filter/take-csr.ts';
import { Pacer } from '../preprocess/pacer.ts';

/** A matrix of some cells and genes, and which they are (ascending positions). */
export interface SampledPatch {
  matrix: CsrMatrix;
  obs: Uint32Array;
  var: Uint32Array;
}

/**
 * Cells and genes drawn at random, as the paper simulates a patch: so it keeps the share of zeros and the distribution of the counts.
 *
 * @throws LacunaError `bad-option` when the matrix is smaller
 */
export async function samplePatch(
  matrix: CsrMatrix,
  genes: number,
  cells: number,
  seed: number,
): Promise<SampledPatch> {
  if (genes > matrix.nVar || cells > matrix.nObs) {
    throw new LacunaError(
      'bad-option',
      `A patch of ${genes} genes × ${cells} cells does not fit into ${matrix.nVar} genes × ${matrix.nObs} cells.`,
      'Choose a smaller patch.',
    );
  }
  const random = Random.from(seed, 'patch');
  const draw = (n: number, of: number): Uint32Array =>
    random
      .shuffle(Uint32Array.from({ length: of }, (_, i) => i))
      .slice(0, n)
      .sort();
  const obs = draw(cells, matrix.nObs);
  const variables = draw(genes, matrix.nVar);
  return { matrix: await takeCsr(matrix, obs, variables, new Pacer()), obs, var: variables };
}
