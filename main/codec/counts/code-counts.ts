import { decodeNatural, encodeNatural } from '../entropy/adaptive-integers.ts';
import { RangeDecoder } from '../entropy/range-decoder.ts';
import { RangeEncoder } from '../entropy/range-encoder.ts';
import { symbolTable, TOTAL } from './count-distribution.ts';
import { ABSENT, logMeanIndices, type CountModel } from './count-model.ts';
import type { GeneMajorCounts } from './gene-major.ts';

/** Genes whose counts make one stream: a look-up reads no more than that. */
export const GENES_PER_BLOCK = 128;

/** The counts of genes `from` … `to` − 1, zeros included, as one stream. */
export function encodeGenes(model: CountModel, counts: GeneMajorCounts, from: number, to: number): Uint8Array {
  const encoder = new RangeEncoder();
  const { nObs } = model;
  const indices = new Int32Array(nObs);
  for (let gene = from; gene < to; gene++) {
    if (model.base[gene] === ABSENT) continue;
    logMeanIndices(model, gene, indices);
    const level = model.level[gene];
    let next = counts.starts[gene];
    const end = counts.starts[gene + 1];
    for (let i = 0; i < nObs; i++) {
      const count = next < end && counts.obs[next] === i ? counts.values[next++] : 0;
      const { cumulative, nDirect } = symbolTable(indices[i], level);
      const symbol = count < nDirect ? count : nDirect;
      encoder.encode(cumulative[symbol], cumulative[symbol + 1] - cumulative[symbol], TOTAL);
      if (symbol === nDirect) encodeNatural(encoder, count - nDirect);
    }
  }
  return encoder.finish();
}

/** Reads a block; `take` gets every nonzero count, genes and then cells ascending. */
export function decodeGenes(
  model: CountModel,
  stream: Uint8Array,
  from: number,
  to: number,
  take: (gene: number, obs: number, count: number) => void,
): void {
  const decoder = new RangeDecoder(stream);
  const { nObs } = model;
  const indices = new Int32Array(nObs);
  for (let gene = from; gene < to; gene++) {
    if (model.base[gene] === ABSENT) continue;
    logMeanIndices(model, gene, indices);
    const level = model.level[gene];
    for (let i = 0; i < nObs; i++) {
      const { cumulative, nDirect } = symbolTable(indices[i], level);
      const target = decoder.target(TOTAL);
      let symbol = 0;
      while (cumulative[symbol + 1] <= target) symbol++;
      decoder.consume(cumulative[symbol], cumulative[symbol + 1] - cumulative[symbol]);
      if (symbol === 0) continue;
      take(gene, i, symbol === nDirect ? nDirect + decodeNatural(decoder) : symbol);
    }
  }
}
