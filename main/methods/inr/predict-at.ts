import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { LongTask } from '../../dataset/progress.ts';
import { LacunaError, throwIfCancelled } from '../../errors/lacuna-error.ts';
import type { Engine } from '../../engine/engine.ts';
import { dense } from '../../engine/layers/dense.ts';
import type { Weights } from '../../engine/optimiser/parameter-store.ts';
import { applyLink } from '../denoised/link.ts';
import type { DenoisedModel, DenseOutput, LearnedField } from '../method.ts';
import type { Coordinates } from '../neighbours/nearest-by-grid.ts';
import { breathe } from '../training/event-loop.ts';
import { meanOutput, memberOutputs, type FieldShape } from './field-network.ts';
import { scalePositions, type PositionScale } from './position-scale.ts';

/** Everything about a learned field but its arrays. JSON-safe. */
export interface FieldConfig {
  scale: PositionScale;
  shape: FieldShape;
  /** Widths of the decoder's ReLU layers, from the embedding to the last hidden layer; empty without a decoder. */
  decoder: readonly number[];
}

type Factored = Extract<DenoisedModel, { kind: 'factored' }>;

/** How one gene is made of the last hidden layer. */
export interface GeneColumn {
  /** [nHidden] */
  weights: Float32Array;
  bias: number;
  link: Factored['link'];
}

const FIELD_KIND = 'coordinate-network';
const POINTS_PER_BATCH = 4096;

/** Packs a trained network of position. `arrays` holds trained and fixed arrays, decoder layers as `decoder/1/kernel` …. */
export function packField(obsm: string, config: FieldConfig, arrays: Record<string, Float32Array>): LearnedField {
  return { kind: FIELD_KIND, obsm, config: { ...config }, arrays };
}

/** The column of one gene in a run's denoised model, for `predictField`. */
export function geneColumn({ hidden, weights, bias, link }: Factored, position: number): GeneColumn {
  const nVar = bias.length;
  return {
    weights: Float32Array.from({ length: hidden.nDim }, (_, h) => weights[h * nVar + position]),
    bias: bias[position],
    link,
  };
}

/**
 * The value of one gene anywhere in the tissue, on the scale of the run's model, in batches of points.
 *
 * @param positions in the units of the obsm array `field.obsm`
 * @returns [n]
 * @throws LacunaError `cancelled`, `unsupported` for a field of another kind
 */
export async function predictField(
  engine: Engine,
  field: LearnedField,
  positions: Coordinates,
  gene: GeneColumn,
  task: LongTask = {},
): Promise<Float32Array> {
  const { hidden } = await fieldAt(engine, field, positions, task);
  const { nDim, values } = hidden;
  const out = new Float32Array(values.length / nDim);
  for (let i = 0; i < out.length; i++) {
    let sum = gene.bias;
    for (let h = 0; h < nDim; h++) sum += values[i * nDim + h] * gene.weights[h];
    out[i] = sum;
  }
  applyLink(out, gene.link);
  return out;
}

/**
 * The embedding and the last hidden layer anywhere in the tissue. Without an embedding (networks on raw expression) both
 * are the last hidden layer.
 *
 * @throws LacunaError `cancelled`, `unsupported`
 */
export async function fieldAt(
  engine: Engine,
  field: LearnedField,
  positions: Coordinates,
  task: LongTask = {},
): Promise<{ embedding: DenseOutput; hidden: DenseOutput }> {
  const config = field.config as unknown as FieldConfig;
  if (field.kind !== FIELD_KIND)
    throw new LacunaError(
      'unsupported',
      `This run holds a field of the kind '${field.kind}', which this version of Lacuna does not know.`,
      'Update Lacuna.',
    );
  const nDim = config.shape.network.nDim;
  if (positions.nDim !== nDim)
    throw new LacunaError(
      'bad-option',
      `The run learned positions with ${nDim} coordinates; these have ${positions.nDim}.`,
      `Give ${nDim} coordinates for every point.`,
    );
  return runField(engine, config, field.arrays, scalePositions(config.scale, positions.values), task);
}

/** The same for points that are scaled already: [n, nDim]. */
export async function runField(
  engine: Engine,
  config: Omit<FieldConfig, 'scale'>,
  arrays: Record<string, Float32Array>,
  points: Float32Array,
  task: LongTask = {},
): Promise<{ embedding: DenseOutput; hidden: DenseOutput }> {
  const { tf } = engine;
  const nDim = config.shape.network.nDim;
  const n = points.length / nDim;
  const weights = tensorsOf(engine, config.shape, arrays);
  let embedding: DenseOutput = { nDim: config.shape.nOut ?? 0, values: new Float32Array(0) };
  let hidden = embedding;
  try {
    for (let start = 0; start < n; start += POINTS_PER_BATCH) {
      await breathe();
      throwIfCancelled(task.signal);
      task.report?.({ stage: 'Predicting from positions', fraction: start / n });
      const part = points.subarray(start * nDim, Math.min(n, start + POINTS_PER_BATCH) * nDim);
      const [z, h] = tf.tidy(() => {
        const z = meanOutput(engine, memberOutputs(engine, weights, arrays, config.shape, part));
        return [z, decoderHidden(engine, weights, config.decoder, z)];
      });
      if (start === 0) {
        embedding = { nDim: z.shape[1], values: new Float32Array(n * z.shape[1]) };
        hidden = h === z ? embedding : { nDim: h.shape[1], values: new Float32Array(n * h.shape[1]) };
      }
      embedding.values.set(z.dataSync(), start * embedding.nDim);
      if (h !== z) hidden.values.set(h.dataSync(), start * hidden.nDim);
      tf.dispose([z, h]);
    }
  } finally {
    tf.dispose(Object.values(weights));
  }
  return { embedding, hidden };
}

/** Embedding [n, nOut] → last hidden layer, by ReLU layers `decoder/1` …. */
export function decoderHidden(engine: Engine, weights: Weights, widths: readonly number[], z: Tensor2D): Tensor2D {
  return widths.reduce((h, _, i) => dense(engine, weights, `decoder/${i + 1}`, h, 'relu'), z);
}

/** Arrays as the tensors that the layers expect. Frequencies stay arrays. */
function tensorsOf(engine: Engine, shape: FieldShape, arrays: Record<string, Float32Array>): Weights {
  const { tf } = engine;
  const weights: Weights = {};
  for (const [name, values] of Object.entries(arrays)) {
    if (name.endsWith('/bias')) weights[name] = tf.tensor1d(values.slice());
    const { encoding } = shape.network;
    if (name.endsWith('/table') && encoding.kind === 'hash')
      weights[name] = tf.tensor2d(values.slice(), [values.length / encoding.features, encoding.features]);
    if (!name.endsWith('/kernel')) continue;
    const nOut = arrays[name.replace(/kernel$/, 'bias')].length;
    weights[name] = tf.tensor2d(values.slice(), [values.length / nOut, nOut]);
  }
  return weights;
}
