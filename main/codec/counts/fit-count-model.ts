import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import { Random } from '../../engine/random/random.ts';
import { standardFactors, type CountFactors } from './count-factors.ts';
import type { CountModel } from './count-model.ts';
import type { CountsSettings } from './counts-settings.ts';
import { logLibrarySizes } from './library-sizes.ts';
import { quantiseFactors } from './quantise-factors.ts';
import { refineFactors } from './refine-factors.ts';
import { trainFactors } from './train-factors.ts';

/**
 * The count model of a matrix in whole numbers; bases, levels and the last choice of the genes' factors are left to `GeneFitter`.
 *
 * @param startEngine called only where there is something to train
 */
export async function fitCountModel(
  counts: CsrMatrix,
  settings: CountsSettings,
  startEngine: () => Promise<Engine>,
  task: LongTask,
): Promise<CountModel> {
  const logSize = logLibrarySizes(counts);
  const { factors: nFactors, seed } = settings;
  let factors: CountFactors = { nFactors: 0, cell: new Float32Array(0), gene: new Float32Array(0) };
  if (nFactors > 0) {
    const engine = await startEngine();
    factors =
      settings.epochs > 0
        ? standardFactors(await trainFactors(engine, counts, { nFactors, epochs: settings.epochs, seed }, task))
        : randomFactors(counts, nFactors, seed);
    if (settings.refineEpochs > 0 && factors.nFactors > 0) {
      const options = { epochs: settings.refineEpochs, seed, geneScale: settings.geneScale };
      factors = await refineFactors(engine, counts, logSize, factors, options, task);
    }
  }
  return quantiseFactors(logSize, counts.nVar, factors, { cell: settings.cellStep, gene: settings.geneStep });
}

function randomFactors({ nObs, nVar }: CsrMatrix, nFactors: number, seed: number): CountFactors {
  const random = Random.from(seed, 'factors');
  return {
    nFactors,
    cell: random.fillNormal(new Float32Array(nObs * nFactors), 0.3),
    gene: random.fillNormal(new Float32Array(nVar * nFactors), 0.1),
  };
}
