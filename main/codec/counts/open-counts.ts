import { z } from 'zod';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { Pacer } from '../../preprocess/pacer.ts';
import { sectionOf, type LczContent } from '../container/lcz-file.ts';
import { unpackStreams } from '../container/streams.ts';
import { RangeDecoder } from '../entropy/range-decoder.ts';
import type { LczReader } from '../lcz-reader.ts';
import { decodeGenes, GENES_PER_BLOCK } from './code-counts.ts';
import { ModelCode } from './code-model.ts';
import type { CountModel } from './count-model.ts';
import { SPREAD_LEVELS } from './count-distribution.ts';
import { byObservation } from './gene-major.ts';

const factsSchema = z.object({ factors: z.int().min(0).max(64), fractionBits: z.int().min(4).max(16) });

/** Reads a file of the scheme `counts`. @throws LacunaError `bad-file` */
export function openCounts(content: LczContent): LczReader {
  const { nObs, nVar, nnz } = content.header;
  const model = readModel(content);
  const blocks = unpackStreams(sectionOf(content, 'counts'), Math.ceil(nVar / GENES_PER_BLOCK));
  const rangeOf = (block: number): [number, number] => [
    block * GENES_PER_BLOCK,
    Math.min(nVar, (block + 1) * GENES_PER_BLOCK),
  ];
  return {
    // The block that holds the gene is decoded up to the gene itself.
    value(obs, gene) {
      const block = Math.floor(gene / GENES_PER_BLOCK);
      let found = 0;
      decodeGenes(model, blocks[block], rangeOf(block)[0], gene + 1, (j, i, count) => {
        if (j === gene && i === obs) found = count;
      });
      return found;
    },
    async matrix(task) {
      const pacer = new Pacer(task);
      pacer.stage('Decoding the counts');
      const starts = new Uint32Array(nVar + 1);
      const obs = new Uint32Array(nnz);
      const values = new Float32Array(nnz);
      let at = 0;
      for (let block = 0; block < blocks.length; block++) {
        decodeGenes(model, blocks[block], ...rangeOf(block), (gene, i, count) => {
          if (at >= nnz) throw tooMany();
          obs[at] = i;
          values[at++] = count;
          starts[gene + 1]++;
        });
        await pacer.pause(block / blocks.length);
      }
      if (at !== nnz) throw tooMany();
      for (let j = 0; j < nVar; j++) starts[j + 1] += starts[j];
      return byObservation({ nObs, nVar, starts, obs, values });
    },
  };
}

function readModel(content: LczContent): CountModel {
  const { nObs, nVar, facts } = content.header;
  const parsed = factsSchema.safeParse(facts);
  if (!parsed.success) throw tooMany();
  const { factors: nFactors, fractionBits } = parsed.data;
  const model: CountModel = {
    nObs,
    nVar,
    nFactors,
    fractionBits,
    size: new Int16Array(nObs),
    cell: new Int16Array(nObs * nFactors),
    base: new Int16Array(nVar),
    level: new Uint8Array(nVar),
    gene: new Int16Array(nVar * nFactors),
  };
  const code = new ModelCode(nFactors);
  const cells = new RangeDecoder(sectionOf(content, 'cells'));
  for (let i = 0; i < nObs; i++) code.decodeCell(cells, model, i);
  const genes = new RangeDecoder(sectionOf(content, 'genes'));
  for (let j = 0; j < nVar; j++) code.decodeGene(genes, model, j);
  if (model.level.some((level) => level >= SPREAD_LEVELS)) throw tooMany();
  return model;
}

function tooMany(): LacunaError {
  return new LacunaError(
    'bad-file',
    'The counts of this file do not agree with what its header says.',
    'Take another copy of the file.',
  );
}
