import type { Random } from '../engine/random/random.ts';
import { normalCdf, truncatedNormal } from './normal-distribution.ts';
import { numberAxis } from './number-axis.ts';
import type { NumberRange, SearchDomain, SearchValue } from './search-domain.ts';

/** A density over the values of one setting, estimated from those that were tried. */
export interface ParzenEstimator {
  sample(random: Random): SearchValue;
  /** Logarithm of the density, or of the probability where values are discrete. */
  logDensity(value: SearchValue): number;
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

/** @param values of earlier trials, oldest first */
export function parzenEstimator(domain: SearchDomain, values: readonly SearchValue[]): ParzenEstimator {
  return 'choices' in domain ? choiceEstimator(domain.choices, values) : numberEstimator(domain, values as number[]);
}

/**
 * A mixture of normal distributions cut off at the ends of the range: one at each value, as wide as the way to its
 * farther neighbour, and the prior, as wide as the range (Bergstra et al. 2011, section 4). No width is below the range
 * divided by min(100, number of kernels + 1).
 */
function numberEstimator(range: NumberRange, values: readonly number[]): ParzenEstimator {
  const axis = numberAxis(range);
  const width = axis.high - axis.low;
  const prior = (axis.low + axis.high) / 2;
  const kernels = [...values.map((value) => axis.at(value)), prior];
  const weights = [...observationWeights(values.length), 1];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const order = kernels.map((_, i) => i).sort((a, b) => kernels[a] - kernels[b]);
  const narrowest = width / Math.min(100, kernels.length + 1);
  const sds = new Array<number>(kernels.length);
  order.forEach((kernel, place) => {
    const toLeft = kernels[kernel] - (place === 0 ? axis.low : kernels[order[place - 1]]);
    const toRight = (place === order.length - 1 ? axis.high : kernels[order[place + 1]]) - kernels[kernel];
    // The ends of the range are no observations: the outermost values look inwards, where there is somebody.
    const way =
      order.length < 2
        ? Math.max(toLeft, toRight)
        : place === 0
          ? toRight
          : place === order.length - 1
            ? toLeft
            : Math.max(toLeft, toRight);
    sds[kernel] = Math.min(width, Math.max(narrowest, way));
  });
  sds[kernels.length - 1] = width;
  const inside = kernels.map(
    (mean, i) => normalCdf((axis.high - mean) / sds[i]) - normalCdf((axis.low - mean) / sds[i]),
  );
  return {
    sample: (random) => {
      let left = random.uniform() * sum;
      let kernel = 0;
      while (kernel < kernels.length - 1 && (left -= weights[kernel]) >= 0) kernel++;
      return axis.value(truncatedNormal(random, kernels[kernel], sds[kernel], axis.low, axis.high));
    },
    logDensity: (value) => {
      const place = axis.at(value as number);
      const cell = axis.cell(value as number);
      let density = 0;
      kernels.forEach((mean, i) => {
        const part = cell
          ? normalCdf((cell[1] - mean) / sds[i]) - normalCdf((cell[0] - mean) / sds[i])
          : Math.exp(-0.5 * ((place - mean) / sds[i]) ** 2) / (sds[i] * Math.sqrt(2 * Math.PI));
        density += (weights[i] / sum) * (part / inside[i]);
      });
      return Math.log(Math.max(density, 1e-300));
    },
  };
}

/**
 * Weighted counts of the choices over a uniform prior: every observation spreads 1 / (n + 1) of its weight evenly, and
 * one more stands for the prior alone.
 */
function choiceEstimator(choices: readonly SearchValue[], values: readonly SearchValue[]): ParzenEstimator {
  const weights = [...observationWeights(values.length), 1];
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const spread = 1 / weights.length;
  const shares = choices.map((choice) =>
    weights.reduce((total, weight, i) => {
      if (i === values.length) return total + weight / choices.length;
      return total + (weight * (spread + (values[i] === choice ? 1 : 0))) / (spread * choices.length + 1);
    }, 0),
  );
  return {
    sample: (random) => {
      let left = random.uniform() * sum;
      let at = 0;
      while (at < choices.length - 1 && (left -= shares[at]) >= 0) at++;
      return choices[at];
    },
    logDensity: (value) => Math.log(Math.max(shares[choices.indexOf(value)] / sum, 1e-300)),
  };
}
