import { z } from 'zod';
import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { Pacer } from '../../preprocess/pacer.ts';
import { EliasFano } from '../bits/elias-fano.ts';
import { sectionOf, type LczContent } from '../container/lcz-file.ts';
import { unpackStreams } from '../container/streams.ts';
import { RangeDecoder } from '../entropy/range-decoder.ts';
import type { LczReader } from '../lcz-reader.ts';
import { decodeNetwork } from './code-network.ts';
import { decodeOrder } from './code-order.ts';
import { decodeMisses, MISSES_PER_BLOCK } from './misses.ts';
import { countOf } from './normalisation.ts';
import { cutPatches, identityOrder, patchCount, patchOf, pointOf, type PatchGrid } from './patches.ts';
import { answers, type SineNetwork } from './sine-network.ts';

const whole = z.int().min(1);
const factsSchema = z.object({
  normalisation: z.enum(['none', 'max', 'log']),
  omega: z.number(),
  widths: z.array(whole).min(3),
  weightBits: z.int().min(2).max(32),
  patchCells: whole,
  patchGenes: whole,
  reordered: z.boolean(),
  largest: z.array(z.number()),
});

/** Reads a file of the scheme `sine`. @throws LacunaError `bad-file` */
export function openSine(content: LczContent): LczReader {
  const { nObs, nVar, nnz } = content.header;
  const parsed = factsSchema.safeParse(content.header.facts);
  if (!parsed.success) throw unfit();
  const facts = parsed.data;
  const grid: PatchGrid = { nObs, nVar, patchCells: facts.patchCells, patchGenes: facts.patchGenes };
  const zeros = EliasFano.fromBytes(sectionOf(content, 'zeros'));
  if (zeros.count !== nnz || facts.largest.length !== patchCount(grid)) throw unfit();
  const streams = unpackStreams(sectionOf(content, 'networks'), patchCount(grid));
  const order = facts.reordered ? decodeOrder(sectionOf(content, 'order'), nObs, nVar) : identityOrder({ nObs, nVar });
  const misses = content.sections.has('misses')
    ? unpackStreams(sectionOf(content, 'misses'), Math.ceil(nnz / MISSES_PER_BLOCK))
    : null;
  const networks = new Map<number, SineNetwork>();
  const networkOf = (patch: number): SineNetwork => {
    let network = networks.get(patch);
    if (!network) {
      network = decodeNetwork(new RangeDecoder(streams[patch]), facts.widths, facts.omega, facts.weightBits);
      networks.set(patch, network);
    }
    return network;
  };
  const said = (position: number): number => {
    const i = Math.floor(position / nVar);
    const [obsPlace, varPlace] = [order.obs[i], order.var[position % nVar]];
    const patch = patchOf(grid, obsPlace, varPlace);
    const point = new Float32Array(2);
    pointOf(grid, obsPlace, varPlace, point, 0);
    return countOf(answers(networkOf(patch), point)[0], facts.normalisation, facts.largest[patch]);
  };
  return {
    // Two steps, as in the paper: the index says whether there is a count, the network says which.
    value(obs, gene) {
      const rank = zeros.rankOf(obs * nVar + gene);
      if (rank < 0) return 0;
      if (!misses) return said(obs * nVar + gene);
      // Distributions of misses are learned along their block, which is therefore read from its start.
      const block = Math.floor(rank / MISSES_PER_BLOCK);
      const from = block * MISSES_PER_BLOCK;
      const answered = Array.from({ length: rank - from + 1 }, (_, k) => said(zeros.at(from + k)));
      return decodeMisses(misses[block], answered)[rank - from];
    },
    async matrix(task) {
      const pacer = new Pacer(task);
      pacer.stage('Asking the networks');
      const matrix = structure(zeros, nObs, nVar);
      const patches = cutPatches(matrix, grid, order);
      for (const [p, { ranks, points }] of patches.entries()) {
        if (ranks.length > 0) {
          const given = answers(networkOf(p), points);
          ranks.forEach((rank, k) => (matrix.values[rank] = countOf(given[k], facts.normalisation, facts.largest[p])));
        }
        networks.delete(p);
        await pacer.pause(p / patches.length);
      }
      misses?.forEach((stream, block) => {
        const from = block * MISSES_PER_BLOCK;
        matrix.values.set(decodeMisses(stream, matrix.values.slice(from, from + MISSES_PER_BLOCK)), from);
      });
      return matrix;
    },
  };
}

/** The matrix without its values. */
function structure(zeros: EliasFano, nObs: number, nVar: number): CsrMatrix {
  const indptr = new Uint32Array(nObs + 1);
  const indices = new Uint32Array(zeros.count);
  zeros.toArray().forEach((position, k) => {
    const i = Math.floor(position / nVar);
    if (i >= nObs) throw unfit();
    indices[k] = position - i * nVar;
    indptr[i + 1]++;
  });
  for (let i = 0; i < nObs; i++) indptr[i + 1] += indptr[i];
  return { nObs, nVar, indptr, indices, values: new Float32Array(zeros.count) };
}

function unfit(): LacunaError {
  return new LacunaError(
    'bad-file',
    'The parts of this file do not agree with what its header says.',
    'Take another copy of the file.',
  );
}
