import type { Random } from '../engine/random/random.ts';
import { normalCdf, truncatedNormal } from './normal-distribution.ts';
import { numberAxis } from './number-axis.ts';
import type { NumberRange, SearchDomain, SearchSpace, SearchValue } from './search-domain.ts';

type Parameters = Record<string, SearchValue>;

/** A density over all settings together, estimated from those that were tried. */
export interface ParzenEstimator {
  sample(random: Random): Parameters;
  /** Logarithm of the density; of the probability where values are discrete. */
  logDensity(parameters: Parameters): number;
}

/** One setting's share of every kernel; the last kernel is the prior. */
interface KernelSide {
  sample(kernel: number, random: Random): SearchValue;
  /** [nKernels], logarithms, added to `sums`. */
  addLogDensities(value: SearchValue, sums: Float64Array): void;
}

/**
 * Weights of observations in the order in which they were made: 1 each, and beyond 25 a ramp that lets the oldest
 * fade (Bergstra, Yamins and Cox 2013; the defaults of Optuna).
 */
export function observationWeights(n: number): number[] {
  const nFading = Math.max(0, n - 25);
  return Array.from({ length: n }, (_, i) => {
    if (i >= nFading) return 1;
    return nFading === 1 ? 1 / n : 1 / n + ((1 - 1 / n) * i) / (nFading - 1);
  });
}

/**
 * A mixture of kernels over all settings at once (Falkner, Klein and Hutter 2018; as Optuna 5 does by default): one
 * at each trial, the product of its settings' kernels, and one for the prior. So settings that only do well together are
 * proposed together.
 *
 * @param tried settings of earlier trials, all inside of the space, oldest first
 */
export function parzenEstimator(space: SearchSpace, tried: readonly Parameters[]): ParzenEstimator {
  const keys = Object.keys(space);
  const weights = [...observationWeights(tried.length), 1];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const logWeights = weights.map((weight) => Math.log(weight / total));
  const sides = keys.map((key) =>
    kernelSide(
      space[key],
      tried.map((parameters) => parameters[key]),
    ),
  );
  return {
    sample: (random) => {
      let left = random.uniform() * total;
      let kernel = 0;
      while (kernel < weights.length - 1 && (left -= weights[kernel]) >= 0) kernel++;
      return Object.fromEntries(keys.map((key, i) => [key, sides[i].sample(kernel, random)]));
    },
    logDensity: (parameters) => {
      const sums = Float64Array.from(logWeights);
      keys.forEach((key, i) => sides[i].addLogDensities(parameters[key], sums));
      const largest = Math.max(...sums);
      return largest + Math.log(sums.reduce((sum, value) => sum + Math.exp(value - largest), 0));
    },
  };
}

function kernelSide(domain: SearchDomain, values: readonly SearchValue[]): KernelSide {
  return 'choices' in domain ? choiceSide(domain.choices, values) : numberSide(domain, values as number[]);
}

/**
 * Normal distributions cut off at the ends of the range, each as wide as the way to its farther neighbour (Bergstra et al.
 * 2011, section 4), at least the range divided by min(100, number of kernels + 1); the prior sits in the middle and is as wide
 * as the range.
 */
function numberSide(range: NumberRange, values: readonly number[]): KernelSide {
  const axis = numberAxis(range);
  const width = axis.high - axis.low;
  const places = values.map((value) => axis.at(value));
  const narrowest = width / Math.min(100, places.length + 2);
  const order = places.map((_, i) => i).sort((i, j) => places[i] - places[j]);
  const sds = new Array<number>(places.length);
  order.forEach((kernel, at) => {
    const toLeft = places[kernel] - (at === 0 ? axis.low : places[order[at - 1]]);
    const toRight = (at === order.length - 1 ? axis.high : places[order[at + 1]]) - places[kernel];
    // The ends of the range are no observations: the outermost values look inwards, where there is somebody.
    const inwards = at === 0 ? toRight : at === order.length - 1 ? toLeft : Math.max(toLeft, toRight);
    sds[kernel] = Math.min(width, Math.max(narrowest, order.length < 2 ? Math.max(toLeft, toRight) : inwards));
  });
  const means = [...places, (axis.low + axis.high) / 2];
  sds.push(width);
  const inside = means.map((mean, i) => normalCdf((axis.high - mean) / sds[i]) - normalCdf((axis.low - mean) / sds[i]));
  return {
    sample: (kernel, random) => axis.value(truncatedNormal(random, means[kernel], sds[kernel], axis.low, axis.high)),
    addLogDensities: (value, sums) => {
      const place = axis.at(value as number);
      const cell = axis.cell(value as number);
      means.forEach((mean, i) => {
        const part = cell
          ? normalCdf((cell[1] - mean) / sds[i]) - normalCdf((cell[0] - mean) / sds[i])
          : Math.exp(-0.5 * ((place - mean) / sds[i]) ** 2) / (sds[i] * Math.sqrt(2 * Math.PI));
        sums[i] += Math.log(Math.max(part / inside[i], 1e-300));
      });
    },
  };
}

/** Every trial spreads 1 / (number of kernels) evenly over the choices and puts 1 on its own; the prior is uniform. */
function choiceSide(choices: readonly SearchValue[], values: readonly SearchValue[]): KernelSide {
  const spread = 1 / (values.length + 1);
  const share = (kernel: number, choice: SearchValue): number =>
    kernel === values.length
      ? 1 / choices.length
      : (spread + (values[kernel] === choice ? 1 : 0)) / (spread * choices.length + 1);
  return {
    sample: (kernel, random) => {
      let left = random.uniform();
      let at = 0;
      while (at < choices.length - 1 && (left -= share(kernel, choices[at])) >= 0) at++;
      return choices[at];
    },
    addLogDensities: (value, sums) => {
      for (let kernel = 0; kernel <= values.length; kernel++) sums[kernel] += Math.log(share(kernel, value));
    },
  };
}
