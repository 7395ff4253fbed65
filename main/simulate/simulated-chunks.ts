import { setImmediate } from 'node:timers/promises';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import { Random } from '../engine/random/random.ts';
import { throwIfCancelled } from '../errors/lacuna-error.ts';
import { gammaPoisson } from './draws.ts';
import { dropoutChance } from './dropout.ts';

/** What counts are drawn from. */
export interface CountLaw {
  seed: number;
  nObs: number;
  nVar: number;
  /** [nVar] */
  dispersion: Float64Array;
  /** Mean at which every second count is lost. */
  dropoutHalf: number;
  /** Whether counts that dropout loses are handed out all the same; the others stay as they are. */
  keepLost?: boolean;
  /** Writes the expected counts of one observation. */
  means(obs: number, out: Float64Array): void;
}

/** Observations that share one stream of random numbers; part of what a seed means, so it never changes. */
const BLOCK = 64;
const BYTES_PER_ENTRY = 8;

/**
 * Draws the counts, a chunk of about `chunkBytes` at a time. Every block of observations has random numbers of its own,
 * so the counts do not depend on the size of the chunks, or on which were read before.
 */
export async function* simulatedChunks(
  law: CountLaw,
  chunkBytes: number,
  signal?: AbortSignal,
): AsyncGenerator<CsrChunk> {
  const room = Math.ceil(chunkBytes / BYTES_PER_ENTRY);
  const means = new Float64Array(law.nVar);
  let blocks: CsrChunk[] = [];
  let entries = 0;
  for (let start = 0; start < law.nObs; start += BLOCK) {
    throwIfCancelled(signal);
    const block = drawBlock(law, start, means);
    blocks.push(block);
    entries += block.indices.length;
    if (entries < room && start + BLOCK < law.nObs) continue;
    yield joined(blocks, law.nVar, entries);
    blocks = [];
    entries = 0;
    // Only a turn of the event loop lets a cancel in.
    await setImmediate();
  }
}

function drawBlock(law: CountLaw, start: number, means: Float64Array): CsrChunk {
  const { nVar, dispersion, dropoutHalf, keepLost } = law;
  const nObs = Math.min(BLOCK, law.nObs - start);
  const random = Random.from(law.seed, `counts of block ${start / BLOCK}`);
  const indptr = new Uint32Array(nObs + 1);
  const indices = new Uint32Array(nObs * nVar);
  const values = new Float32Array(nObs * nVar);
  let n = 0;
  for (let i = 0; i < nObs; i++) {
    law.means(start + i, means);
    for (let j = 0; j < nVar; j++) {
      const count = gammaPoisson(means[j], dispersion[j], random);
      if (count === 0) continue;
      // Drawn in either case: both matrices come from the same numbers.
      const lost = dropoutHalf > 0 && random.uniform() < dropoutChance(means[j], dropoutHalf);
      if (lost && !keepLost) continue;
      indices[n] = j;
      values[n++] = count;
    }
    indptr[i + 1] = n;
  }
  return { start, nObs, nVar, indptr, indices: indices.slice(0, n), values: values.slice(0, n) };
}

function joined(blocks: CsrChunk[], nVar: number, entries: number): CsrChunk {
  const nObs = blocks.reduce((sum, block) => sum + block.nObs, 0);
  const chunk: CsrChunk = {
    start: blocks[0].start,
    nObs,
    nVar,
    indptr: new Uint32Array(nObs + 1),
    indices: new Uint32Array(entries),
    values: new Float32Array(entries),
  };
  let row = 0;
  let next = 0;
  for (const block of blocks) {
    chunk.indices.set(block.indices, next);
    chunk.values.set(block.values, next);
    for (let i = 1; i <= block.nObs; i++) chunk.indptr[++row] = next + block.indptr[i];
    next += block.indices.length;
  }
  return chunk;
}
