import { describe, expect, it } from 'vitest';
import { madeRandom } from '../../projects/testing/made-source.ts';
import { BinCensus } from './bin-census.ts';
import { MoleculeSample } from './molecule-sample.ts';
import type { MoleculeFile } from './molecules.ts';

const side = 600;
const nGenes = 400;
const perGene = 500;

/** A chip of 600 × 600 DNB, sorted by gene or by row, in batches of 10,000 lines. */
function chip(order: 'gene' | 'row'): MoleculeFile {
  const random = madeRandom(11);
  const place = () => Math.floor(random() * side);
  const lines = Array.from({ length: nGenes * perGene }, (_, i) => ({
    gene: Math.floor(i / perGene),
    x: place(),
    y: place(),
  }));
  if (order === 'row') lines.sort((a, b) => a.y - b.y);
  return {
    path: 'chip.gem',
    binSize: 1,
    pitch: 0.5,
    genes: () => ({ ids: Array.from({ length: nGenes }, (_, i) => `g${i}`), names: null }),
    offset: () => ({ x: 0, y: 0 }),
    async *batches() {
      for (let at = 0; at < lines.length; at += 10_000) {
        const batch = lines.slice(at, at + 10_000);
        yield {
          length: batch.length,
          genes: Uint32Array.from(batch, ({ gene }) => gene),
          xs: Int32Array.from(batch, ({ x }) => x),
          ys: Int32Array.from(batch, ({ y }) => y),
          counts: new Uint32Array(batch.length).fill(1),
          cells: null,
          fraction: (at + batch.length) / lines.length,
        };
      }
    },
  };
}

describe('BinCensus', () => {
  it('counts exactly when the whole file was looked at', async () => {
    const sample = await MoleculeSample.of(chip('row'), {});
    const census = new BinCensus(sample);
    expect([sample.isWhole, census.totalGenes()]).toEqual([true, nGenes]);
    const entries = new Set<string>();
    const bins = new Set<string>();
    for (let i = 0; i < sample.length; i++) {
      const bin = `${Math.floor(sample.xs[i] / 7)} ${Math.floor(sample.ys[i] / 7)}`;
      bins.add(bin);
      entries.add(`${bin} ${sample.genes[i]}`);
    }
    expect(census.count(7)).toEqual({ bins: bins.size, nnz: entries.size, exact: true });
  });

  it.each(['gene', 'row'] as const)(
    'comes within a tenth of the truth from a fifth of a file sorted by %s',
    async (order) => {
      const whole = new BinCensus(await MoleculeSample.of(chip(order), {}));
      const sample = await MoleculeSample.of(chip(order), {}, (nGenes * perGene) / 5);
      expect(sample.isWhole).toBe(false);
      const part = new BinCensus(sample);
      expect(Math.abs(part.totalGenes() - nGenes)).toBeLessThan(nGenes / 20);
      for (const size of order === 'gene' ? [1, 5, 20, 50] : [1, 5]) {
        const [truth, estimate] = [whole.count(size), part.count(size)];
        expect(estimate.exact).toBe(false);
        expect(Math.abs(estimate.bins - truth.bins)).toBeLessThan(truth.bins / 10);
        expect(Math.abs(estimate.nnz - truth.nnz)).toBeLessThan(truth.nnz / 10);
      }
    },
  );
});
