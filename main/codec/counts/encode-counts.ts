import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import { Pacer } from '../../preprocess/pacer.ts';
import { packStreams } from '../container/streams.ts';
import { RangeEncoder } from '../entropy/range-encoder.ts';
import type { EncodedMatrix } from '../lcz-reader.ts';
import { encodeGenes, GENES_PER_BLOCK } from './code-counts.ts';
import { ModelCode } from './code-model.ts';
import type { CountsSettings } from './counts-settings.ts';
import { fitCountModel } from './fit-count-model.ts';
import { GeneFitter } from './fit-genes.ts';
import { byGene } from './gene-major.ts';

/**
 * Codes every count, zeros included, by the probability that a count model gives it, and the model with it: exactly lossless.
 *
 * @throws LacunaError `cancelled`, `diverged`, `out-of-memory`
 */
export async function encodeCounts(
  matrix: CsrMatrix,
  settings: CountsSettings,
  startEngine: () => Promise<Engine>,
  task: LongTask = {},
): Promise<EncodedMatrix> {
  const model = await fitCountModel(matrix, settings, startEngine, task);
  const counts = byGene(matrix);
  const pacer = new Pacer(task);
  const code = new ModelCode(model.nFactors);
  const cells = new RangeEncoder();
  for (let i = 0; i < model.nObs; i++) code.encodeCell(cells, model, i);

  pacer.stage('Choosing the numbers of every gene');
  const genes = new RangeEncoder();
  const fitter = new GeneFitter(model, counts);
  for (let j = 0; j < model.nVar; j++) {
    fitter.fit(j, code);
    code.encodeGene(genes, model, j);
    if (pacer.due()) await pacer.pause(j / model.nVar);
  }

  pacer.stage('Coding the counts');
  const blocks: Uint8Array[] = [];
  for (let from = 0; from < model.nVar; from += GENES_PER_BLOCK) {
    blocks.push(encodeGenes(model, counts, from, Math.min(model.nVar, from + GENES_PER_BLOCK)));
    await pacer.pause(from / model.nVar);
  }
  return {
    sections: new Map([
      ['cells', cells.finish()],
      ['genes', genes.finish()],
      ['counts', packStreams(blocks)],
    ]),
    facts: { factors: model.nFactors, fractionBits: model.fractionBits },
    lossless: true,
  };
}
