import { principalComponents } from './principal-components.ts';
import type { Points } from './points.ts';
import type { RandomStream } from './random-stream.ts';

/**
 * Where UMAP and t-SNE start: the first principal components, scaled, with a little noise so that identical
 * observations can part. An informative start keeps the large-scale structure that a random one loses (Kobak &
 * Linderman 2021, Initialization is critical …). Dimensions that the space does not have start as noise.
 * @param scale how far the layout reaches: `max` scales the largest coordinate, `sd` the spread of the first component
 * @param noise standard deviation of the noise, in units of `size`
 * @returns [nObs, nDim], row-major
 */
export function initialLayout(
  points: Points,
  nDim: number,
  scale: 'max' | 'sd',
  size: number,
  noise: number,
  random: RandomStream,
): Float64Array {
  const { nObs } = points;
  const nComponents = Math.min(nDim, points.nDim);
  const { scores } = principalComponents(points, nComponents);
  let unit = 0;
  if (scale === 'max') for (const score of scores) unit = Math.max(unit, Math.abs(score));
  else {
    for (let i = 0; i < nObs; i++) unit += scores[i * nComponents] ** 2 / nObs;
    unit = Math.sqrt(unit);
  }
  const layout = new Float64Array(nObs * nDim);
  for (let i = 0; i < nObs; i++) {
    for (let d = 0; d < nDim; d++) {
      const start = d < nComponents && unit > 0 ? scores[i * nComponents + d] / unit : 0;
      layout[i * nDim + d] = size * (start + (d < nComponents && unit > 0 ? noise : 1) * random.normal());
    }
  }
  return layout;
}
