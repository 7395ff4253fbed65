import type { LongTask } from '../../dataset/progress.ts';
import { initialLayout } from '../initial-layout.ts';
import { findNeighbours } from '../neighbours.ts';
import { Pacing } from '../pacing.ts';
import type { Points } from '../points.ts';
import { RandomStream } from '../random-stream.ts';
import { affinities, type Affinities } from './affinities.ts';
import { RepulsionTree } from './repulsion-tree.ts';

export interface TsneSettings {
  nDim: 2 | 3;
  /** Effective number of neighbours. At most (nObs - 1) / 3. */
  perplexity: number;
  /** Steps of gradient descent, the first 250 of them with exaggerated attraction. */
  iterations: number;
  seed: number;
}

export interface TsneResult {
  /** [nObs, nDim], row-major, centred */
  values: Float32Array;
  /** Kullback–Leibler divergence of the layout from the affinities; lower is better. */
  klDivergence: number;
}

const EXAGGERATED_ITERATIONS = 250;
const EXAGGERATION = 12;
/** Barnes–Hut opening angle: 0.5 as in scikit-learn. */
const ANGLE = 0.5;
/** No observation moves further in one step. */
const LONGEST_STEP = 5;

/**
 * t-SNE of a space, in two or three dimensions, by Barnes–Hut, deterministic for a seed. Starts from the first principal
 * components; early exaggeration 12; learning rate n / 12, at least 50. Source: van der Maaten & Hinton 2008; van der
 * Maaten 2014; learning rate: Belkina et al. 2019; start: Kobak & Berens 2019.
 * @throws LacunaError `bad-option` when there are too few observations for the perplexity, `cancelled`
 */
export async function tsne(points: Points, settings: TsneSettings, task: LongTask = {}): Promise<TsneResult> {
  const { nDim, iterations } = settings;
  const { nObs } = points;
  const pacing = new Pacing(task);
  const k = Math.min(nObs - 1, Math.floor(3 * settings.perplexity));
  const neighbours = await findNeighbours(points, k, {}, task);
  await pacing.stage('Weighing neighbours');
  const p = affinities(neighbours, settings.perplexity);
  const random = new RandomStream(settings.seed);
  const start = initialLayout(points, nDim, 'sd', 1e-4, 1e-2, random);
  const layout = new Float64Array(nObs * 3);
  for (let at = 0; at < start.length; at++) layout[Math.floor(at / nDim) * 3 + (at % nDim)] = start[at];

  const learningRate = Math.max(nObs / EXAGGERATION, 50);
  const tree = new RepulsionTree(nObs, nDim);
  const repulsion = new Float64Array(nObs * 3);
  const gradient = new Float64Array(nObs * 3);
  const velocity = new Float64Array(nObs * 3);
  const gains = new Float64Array(nObs * 3).fill(1);
  const layoutPacing = new Pacing(task);
  for (let iteration = 0; iteration < iterations; iteration++) {
    const early = iteration < EXAGGERATED_ITERATIONS;
    if (iteration === EXAGGERATED_ITERATIONS) {
      velocity.fill(0);
      gains.fill(1);
    }
    tree.build(layout);
    const total = tree.repel(ANGLE, repulsion);
    attract(p, layout, early ? EXAGGERATION : 1, gradient);
    for (let at = 0; at < gradient.length; at++) gradient[at] = 4 * (gradient[at] - repulsion[at] / total);
    descend(layout, gradient, velocity, gains, early ? 0.5 : 0.8, learningRate);
    centre(layout);
    await layoutPacing.step('Laying out (t-SNE)', iteration + 1, iterations, { iteration: iteration + 1, iterations });
  }
  tree.build(layout);
  const klDivergence = divergence(p, layout, tree.repel(ANGLE, repulsion));
  const values = Float32Array.from({ length: nObs * nDim }, (_, at) => layout[Math.floor(at / nDim) * 3 + (at % nDim)]);
  return { values, klDivergence };
}

/** Σ_j p_ij q_ij (y_i - y_j), times the exaggeration, into `out` [nObs, 3]. */
function attract(p: Affinities, layout: Float64Array, exaggeration: number, out: Float64Array): void {
  const { indptr, indices, values } = p;
  for (let i = 0; i < p.nObs; i++) {
    const x = layout[i * 3];
    const y = layout[i * 3 + 1];
    const z = layout[i * 3 + 2];
    let fx = 0;
    let fy = 0;
    let fz = 0;
    const end = indptr[i + 1];
    for (let at = indptr[i]; at < end; at++) {
      const j = indices[at] * 3;
      const dx = x - layout[j];
      const dy = y - layout[j + 1];
      const dz = z - layout[j + 2];
      const pull = values[at] / (1 + dx * dx + dy * dy + dz * dz);
      fx += pull * dx;
      fy += pull * dy;
      fz += pull * dz;
    }
    out[i * 3] = exaggeration * fx;
    out[i * 3 + 1] = exaggeration * fy;
    out[i * 3 + 2] = exaggeration * fz;
  }
}

/** Gradient descent with momentum and a gain per coordinate (Jacobs 1988), as in van der Maaten's implementation. */
function descend(
  layout: Float64Array,
  gradient: Float64Array,
  velocity: Float64Array,
  gains: Float64Array,
  momentum: number,
  learningRate: number,
): void {
  for (let at = 0; at < layout.length; at++) {
    const keepsGoing = velocity[at] > 0 !== gradient[at] > 0;
    gains[at] = Math.max(0.01, keepsGoing ? gains[at] + 0.2 : gains[at] * 0.8);
    velocity[at] = momentum * velocity[at] - learningRate * gains[at] * gradient[at];
  }
  for (let at = 0; at < layout.length; at += 3) {
    const length = Math.sqrt(velocity[at] ** 2 + velocity[at + 1] ** 2 + velocity[at + 2] ** 2);
    const shrink = length > LONGEST_STEP ? LONGEST_STEP / length : 1;
    for (let d = 0; d < 3; d++) {
      velocity[at + d] *= shrink;
      layout[at + d] += velocity[at + d];
    }
  }
}

function centre(layout: Float64Array): void {
  const nObs = layout.length / 3;
  for (let d = 0; d < 3; d++) {
    let mean = 0;
    for (let at = d; at < layout.length; at += 3) mean += layout[at] / nObs;
    for (let at = d; at < layout.length; at += 3) layout[at] -= mean;
  }
}

/** Σ p_ij ln(p_ij / q_ij) over the affinities that are kept. */
function divergence(p: Affinities, layout: Float64Array, total: number): number {
  let sum = 0;
  for (let i = 0; i < p.nObs; i++) {
    for (let at = p.indptr[i]; at < p.indptr[i + 1]; at++) {
      if (p.values[at] <= 0) continue;
      const j = p.indices[at] * 3;
      const squared =
        (layout[i * 3] - layout[j]) ** 2 +
        (layout[i * 3 + 1] - layout[j + 1]) ** 2 +
        (layout[i * 3 + 2] - layout[j + 2]) ** 2;
      sum += p.values[at] * Math.log(p.values[at] * total * (1 + squared));
    }
  }
  return sum;
}
