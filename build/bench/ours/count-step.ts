/**
 * One training step of a count model on counts as sparse as PBMC 3k (13,714 genes, 6.2 % nonzero): upload of the batch, likelihood,
 * gradients, optimiser. Usage: count-step.ts zipo|zipo-zinb|zipo-deep|dca [steps]. Prints the median as JSON, like its peer
 * `peers/count_step.py`.
 */
import type { CsrMatrix } from '../../../main/dataset/csr-matrix.ts';
import { startEngine } from '../../../main/engine/start-engine.ts';
import { sparseCounts, type SparseCounts } from '../../../main/engine/likelihoods/sparse-counts.ts';
import {
  ADAM_DEFAULTS,
  createParameterStore,
  RMSPROP_DEFAULTS,
  type Weights,
} from '../../../main/engine/optimiser/parameter-store.ts';
import { Random } from '../../../main/engine/random/random.ts';
import { sharedBuffer } from '../../../main/engine/tensorflow/shared-buffer.ts';
import { dcaHidden, dcaNll, dcaParameters, type DcaShape } from '../../../main/methods/dca/network.ts';
import { trainStep } from '../../../main/methods/training/train-step.ts';
import type { Batch, LossTerms } from '../../../main/methods/training/training.types.ts';
import { zipoLoss } from '../../../main/methods/zipo/loss.ts';
import { zipoParameters, type ZipoShape } from '../../../main/methods/zipo/network.ts';
import { madeCounts } from './made-counts.ts';

const [what, stepCount = '20'] = process.argv.slice(2);
const batchSize = 256;
const nVar = 13_714;
const engine = await startEngine();
const { tf } = engine;
const random = Random.from(0, 'bench');
const counts = await batchOf(batchSize, nVar, 0.062);
const library = Float32Array.from({ length: batchSize }, (_, i) =>
  counts.values.subarray(counts.indptr[i], counts.indptr[i + 1]).reduce((sum, value) => sum + value, 0),
);
const buffer = sharedBuffer(engine, batchSize * nVar);
for (let i = 0; i < batchSize; i++)
  for (let k = counts.indptr[i]; k < counts.indptr[i + 1]; k++)
    buffer[i * nVar + counts.indices[k]] = Math.log1p(counts.values[k]);
const rows = Uint32Array.from({ length: batchSize }, (_, i) => i);

const network = what === 'dca' ? dcaNetwork() : zipoNetwork();
const store = createParameterStore(engine, network.parameters, what === 'dca' ? RMSPROP_DEFAULTS : ADAM_DEFAULTS);

const step = (): number => {
  const start = performance.now();
  const x = tf.tensor2d(buffer, [batchSize, nVar]);
  const loss = (weights: Weights, batch: Batch): LossTerms =>
    network.loss(weights, batch, sparseCounts(engine, counts, rows));
  const batch = { x, rows, training: true, epoch: 1, random };
  trainStep(engine, { parameters: {}, loss }, store, batch, what === 'dca' ? { clipGradient: 5 } : {});
  x.dispose();
  return performance.now() - start;
};

for (let i = 0; i < 3; i++) step();
const before = process.cpuUsage();
const milliseconds = Array.from({ length: Number(stepCount) }, step).sort((a, b) => a - b);
const { user, system } = process.cpuUsage(before);
const spent = (user + system) / 1000 / milliseconds.length;
const note = `${engine.backend} ${engine.version}, ${engine.threads} threads, fastest ${milliseconds[0].toFixed(1)} ms, processor time ${spent.toFixed(0)} ms`;
console.log(JSON.stringify({ seconds: milliseconds[milliseconds.length >> 1] / 1000, note }));

interface Network {
  parameters: ReturnType<typeof zipoParameters>;
  loss: (weights: Weights, batch: Batch, sparse: SparseCounts) => LossTerms;
}

function zipoNetwork(): Network {
  const shape: ZipoShape = {
    nVar,
    widths: what === 'zipo-deep' ? [2048, 1024, 512, 256, 128] : [512, 256, 128],
    residuals: true,
    likelihood: what === 'zipo-zinb' ? 'zinb' : 'zip',
    dispersion: 'conditional',
    library: 'predicted',
  };
  const zinb = what === 'zipo-zinb';
  const penalties = { alphaZ: 0.1, alphaW: 0.1, alphaTheta: zinb ? 0.1 : 0, libraryPenalty: zinb ? 0.1 : 0 };
  return {
    parameters: zipoParameters(shape, random, { meanLogLibrary: 7.6, genes: null }),
    loss: (weights, { x }, sparse) =>
      zipoLoss(
        engine,
        weights,
        shape,
        penalties,
        { x, counts: sparse, library: tf.tensor2d(library, [batchSize, 1]) },
        {},
      ),
  };
}

function dcaNetwork(): Network {
  const shape: DcaShape = {
    nVar,
    widths: [128, 64, 128],
    latentLayer: 1,
    batchNorm: true,
    likelihood: 'zinb',
    dispersion: 'conditional',
  };
  const mean = library.reduce((sum, value) => sum + value, 0) / batchSize;
  const logSizes = library.map((value) => Math.log(value / mean));
  return {
    parameters: dcaParameters(shape, random, null),
    loss: (weights, { x }, sparse) => {
      const { hidden } = dcaHidden(engine, weights, shape, x, {});
      const { nll } = dcaNll(engine, weights, shape, hidden, sparse, tf.tensor2d(logSizes, [batchSize, 1]));
      return { total: nll };
    },
  };
}

/** One chunk of made counts. */
async function batchOf(nObs: number, width: number, density: number): Promise<CsrMatrix> {
  for await (const chunk of madeCounts(nObs, width, density).matrices[0].chunks()) return chunk;
  throw new Error('no counts were made');
}
