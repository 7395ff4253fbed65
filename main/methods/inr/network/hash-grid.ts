import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Engine } from '../../../engine/engine.ts';
import { gatherWeighted } from '../../../engine/layers/gather-weighted.ts';
import type { ParameterSpec, Weights } from '../../../engine/optimiser/parameter-store.ts';
import type { Random } from '../../../engine/random/random.ts';

/**
 * Multiresolution hash grid (Müller et al., "Instant Neural Graphics Primitives with a Multiresolution Hash Encoding",
 * 2022, section 3): grids from coarse to fine, each with a small table of learned features.
 */
export interface HashEncoding {
  kind: 'hash';
  /** L, number of grids. */
  levels: number;
  /** F, features per grid point. */
  features: number;
  /** log₂ T, entries of a grid's table; a grid with more points shares them by a hash. */
  log2TableSize: number;
  /** N_min and N_max, cells along an axis. */
  coarsest: number;
  finest: number;
}

/** Multipliers of the hash, one per dimension (equation 4). */
const PRIMES = [1, 2654435761, 805459861];

/** Cells along an axis at a level: ⌊N_min · bˡ⌋ with b = (N_max / N_min)^(1 / (L − 1)) (equations 2 and 3). */
export function resolutionAt(level: number, { levels, coarsest, finest }: HashEncoding): number {
  if (levels === 1) return coarsest;
  // The small addition keeps rounding from losing the last whole number.
  return Math.floor(coarsest * (finest / coarsest) ** (level / (levels - 1)) + 1e-9);
}

/** One table for all levels, [rows, features], uniform in ±10⁻⁴ at first (section 4). */
export function hashTableParameters(
  encoding: HashEncoding,
  nDim: number,
  prefix: string,
  random: Random,
): Record<string, ParameterSpec> {
  const { starts } = tableLayout(encoding, nDim);
  const rows = starts[encoding.levels];
  return {
    [`${prefix}/table`]: {
      shape: [rows, encoding.features],
      initial: random.fillUniform(new Float32Array(rows * encoding.features), -1e-4, 1e-4),
    },
  };
}

/** Where each level's rows begin, and how many it has: all grid points where they fit, else T. */
function tableLayout(encoding: HashEncoding, nDim: number): { starts: number[]; sizes: number[]; dense: boolean[] } {
  const most = 2 ** encoding.log2TableSize;
  const starts = [0];
  const sizes: number[] = [];
  const dense: boolean[] = [];
  for (let level = 0; level < encoding.levels; level++) {
    const points = (resolutionAt(level, encoding) + 1) ** nDim;
    dense.push(points <= most);
    sizes.push(Math.min(points, most));
    starts.push(starts[level] + sizes[level]);
  }
  return { starts, sizes, dense };
}

/** The corners around each point at each level, and their weights. */
export interface HashCorners {
  /** [n · levels, 2^nDim], row of the table. */
  rows: Int32Array;
  /** The same shape: d-linear interpolation weights; they sum to 1. */
  weights: Float32Array;
}

/** Scaled points [n, nDim], −1…1 (farther ones are taken to the rim) → corners. */
export function hashCorners(encoding: HashEncoding, nDim: number, points: Float32Array): HashCorners {
  const { levels } = encoding;
  const { starts, sizes, dense } = tableLayout(encoding, nDim);
  const n = points.length / nDim;
  const nCorners = 2 ** nDim;
  const rows = new Int32Array(n * levels * nCorners);
  const weights = new Float32Array(n * levels * nCorners);
  const cell = new Int32Array(nDim);
  const inside = new Float64Array(nDim);
  for (let i = 0; i < n; i++) {
    for (let level = 0; level < levels; level++) {
      const resolution = resolutionAt(level, encoding);
      for (let d = 0; d < nDim; d++) {
        const along = Math.min(1, Math.max(0, (points[i * nDim + d] + 1) / 2)) * resolution;
        cell[d] = Math.min(resolution - 1, Math.floor(along));
        inside[d] = along - cell[d];
      }
      const base = (i * levels + level) * nCorners;
      for (let corner = 0; corner < nCorners; corner++) {
        let weight = 1;
        let index = 0;
        let hash = 0;
        for (let d = 0; d < nDim; d++) {
          const upper = (corner >> d) & 1;
          weight *= upper ? inside[d] : 1 - inside[d];
          const along = cell[d] + upper;
          index = index * (resolution + 1) + along;
          hash ^= Math.imul(along, PRIMES[d]);
        }
        rows[base + corner] = starts[level] + (dense[level] ? index : (hash >>> 0) % sizes[level]);
        weights[base + corner] = weight;
      }
    }
  }
  return { rows, weights };
}

/** Scaled points [n, nDim] → interpolated features of all levels [n, levels · features]. */
export function hashFeatures(
  engine: Engine,
  weights: Weights,
  encoding: HashEncoding,
  nDim: number,
  prefix: string,
  points: Float32Array,
): Tensor2D {
  const corners = hashCorners(encoding, nDim, points);
  const n = points.length / nDim;
  const table = weights[`${prefix}/table`] as Tensor2D;
  const features = gatherWeighted(engine, table, corners.rows, corners.weights, 2 ** nDim);
  return engine.tf.reshape(features, [n, encoding.levels * encoding.features]);
}
