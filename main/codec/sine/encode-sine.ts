import type { CsrMatrix } from '../../dataset/csr-matrix.ts';
import type { LongTask } from '../../dataset/progress.ts';
import type { Engine } from '../../engine/engine.ts';
import { throwIfCancelled } from '../../errors/lacuna-error.ts';
import { geneFacts } from '../../methods/counts/gene-facts.ts';
import { breathe } from '../../methods/training/event-loop.ts';
import { EliasFano } from '../bits/elias-fano.ts';
import { packStreams } from '../container/streams.ts';
import { standardFactors } from '../counts/count-factors.ts';
import { logLibrarySizes } from '../counts/library-sizes.ts';
import { trainFactors } from '../counts/train-factors.ts';
import { RangeDecoder } from '../entropy/range-decoder.ts';
import { RangeEncoder } from '../entropy/range-encoder.ts';
import type { EncodedMatrix } from '../lcz-reader.ts';
import { decodeNetwork, encodeNetwork } from './code-network.ts';
import { encodeOrder } from './code-order.ts';
import { judgeFit, type PatchFit } from './judge-fit.ts';
import { encodeMisses, MISSES_PER_BLOCK } from './misses.ts';
import { countOf, targetOf } from './normalisation.ts';
import { cutPatches, identityOrder, type Order, type PatchGrid } from './patches.ts';
import { orderByLatent } from './reorder.ts';
import { answers } from './sine-network.ts';
import type { SineSettings } from './sine-settings.ts';
import { trainPatch } from './train-patch.ts';

/** What the networks made of the counts, patch by patch. */
export interface SineReport {
  patches: (PatchFit & { losses: number[] })[];
  /** Weights of all networks. */
  nWeights: number;
  /** Of all counts. */
  exactShare: number;
}

const LATENT_SIZE = 6;
const LATENT_EPOCHS = 30;

/**
 * The codec of the paper: an index of the zeros, and a network for the values at the others, patch by patch. Lossy, unless what
 * the networks miss is stored, too.
 *
 * @throws LacunaError `cancelled`, `diverged`, `out-of-memory`
 */
export async function encodeSine(
  matrix: CsrMatrix,
  settings: SineSettings,
  engine: Engine,
  task: LongTask = {},
): Promise<EncodedMatrix & { report: SineReport; decoded: Float32Array }> {
  const { nObs, nVar, values } = matrix;
  const grid: PatchGrid = {
    nObs,
    nVar,
    patchCells: Math.min(settings.patchCells, nObs),
    patchGenes: Math.min(settings.patchGenes, nVar),
  };
  const order = settings.reorder ? await learnedOrder(engine, matrix, settings.seed, task) : identityOrder(matrix);
  const patches = cutPatches(matrix, grid, order);
  const decoded = new Float32Array(values.length).fill(1);
  const streams: Uint8Array[] = [];
  const largest: number[] = [];
  const report: SineReport = { patches: [], nWeights: 0, exactShare: 1 };
  const widths = [2, ...Array.from({ length: settings.layers }, () => settings.width), 1];

  for (const [p, { ranks, points }] of patches.entries()) {
    const counts = Float32Array.from(ranks, (rank) => values[rank]);
    const top = counts.reduce((most, count) => Math.max(most, count), 1);
    largest.push(top);
    // A patch of zeros needs no network.
    if (ranks.length === 0) {
      streams.push(new Uint8Array(0));
      continue;
    }
    const targets = counts.map((count) => targetOf(count, settings.normalisation, top));
    const { network, losses } = await trainPatch(engine, points, targets, settings, settings.seed + p, {
      ...task,
      stage: patches.length === 1 ? 'Fitting the network' : `Fitting network ${p + 1} of ${patches.length}`,
      from: p / patches.length,
      to: (p + 1) / patches.length,
    });
    const encoder = new RangeEncoder();
    encodeNetwork(encoder, network, settings.weightBits);
    const stream = encoder.finish();
    streams.push(stream);
    // What the decoder will have, not what was trained.
    const stored = decodeNetwork(new RangeDecoder(stream), widths, settings.omega, settings.weightBits);
    await breathe();
    throwIfCancelled(task.signal);
    const said = answers(stored, points);
    const rounded = Float32Array.from(said, (answer) => countOf(answer, settings.normalisation, top));
    ranks.forEach((rank, k) => (decoded[rank] = rounded[k]));
    report.patches.push({ ...judgeFit(targets, said, counts, rounded), losses });
    report.nWeights += [...stored.kernels, ...stored.biases].reduce((sum, { length }) => sum + length, 0);
  }
  let exact = 0;
  values.forEach((value, k) => (exact += value === decoded[k] ? 1 : 0));
  report.exactShare = values.length > 0 ? exact / values.length : 1;

  const sections = new Map([
    ['zeros', EliasFano.from(positionsOf(matrix), values.length, nObs * nVar).toBytes()],
    ['networks', packStreams(streams)],
  ]);
  if (settings.reorder) sections.set('order', encodeOrder(order));
  if (settings.lossless) {
    const misses: Uint8Array[] = [];
    for (let from = 0; from < values.length; from += MISSES_PER_BLOCK)
      misses.push(encodeMisses(values, decoded, from, Math.min(values.length, from + MISSES_PER_BLOCK)));
    sections.set('misses', packStreams(misses));
  }
  return {
    sections,
    facts: {
      normalisation: settings.normalisation,
      omega: settings.omega,
      widths,
      weightBits: settings.weightBits,
      patchCells: grid.patchCells,
      patchGenes: grid.patchGenes,
      reordered: settings.reorder,
      largest,
    },
    lossless: settings.lossless || exact === values.length,
    report,
    decoded,
  };
}

/** Positions of the nonzero counts in the matrix, read observation by observation. */
function* positionsOf({ nObs, nVar, indptr, indices }: CsrMatrix): Generator<number> {
  for (let i = 0; i < nObs; i++) for (let k = indptr[i]; k < indptr[i + 1]; k++) yield i * nVar + indices[k];
}

async function learnedOrder(engine: Engine, matrix: CsrMatrix, seed: number, task: LongTask): Promise<Order> {
  const options = { nFactors: LATENT_SIZE, epochs: LATENT_EPOCHS, seed };
  const factors = standardFactors(await trainFactors(engine, matrix, options, task));
  const exposure = logLibrarySizes(matrix).map((log) => Math.exp(log));
  const all = Uint32Array.from({ length: matrix.nObs }, (_, i) => i);
  return orderByLatent(matrix, factors, geneFacts(matrix, exposure, all).logRate);
}
