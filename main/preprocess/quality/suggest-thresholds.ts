import type { Filter } from '../recipe.ts';
import { outlierBounds } from './outlier-bounds.ts';
import type { ObsQuality } from './obs-quality.ts';

/**
 * A gene in fewer cells than this tells nothing about groups of cells; the default of Seurat's and scanpy's guided
 * tutorials.
 */
const MIN_CELLS = 3;

/**
 * Limits that cut outlying cells: 3 deviations below the median of log counts and log genes (scater's `isOutlier`),
 * 5 above (many counts can be a large cell as well as a doublet, so the upper limit is lenient; Germain et al.,
 * "pipeComp", Genome Biology 21, 2020, use 5), and 3 above the median mitochondrial share. Limits are rounded outwards to
 * whole counts and tenths of a percent. A limit that would cut nothing is left out.
 *
 * @param knowsMito whether the mitochondrial share could be judged at all
 */
export function suggestThresholds(quality: ObsQuality, knowsMito: boolean, nObs = quality.counts.length): Filter {
  const counts = outlierBounds(quality.counts, { log: true, below: 3, above: 5 });
  const genes = outlierBounds(quality.genes, { log: true, below: 3, above: 5 });
  const mito = knowsMito
    ? outlierBounds(quality.mitoPercent, { log: false, below: null, above: 3 })
    : { low: null, high: null };
  const least = (bound: number | null, values: ArrayLike<number>): number | null => {
    const limit = bound === null ? null : Math.floor(bound);
    return limit !== null && some(values, (value) => value < limit) ? limit : null;
  };
  const most = (bound: number | null, values: ArrayLike<number>, step: number): number | null => {
    const limit = bound === null ? null : Math.ceil(bound * step) / step;
    return limit !== null && some(values, (value) => value > limit) ? limit : null;
  };
  return {
    obs: {
      minCounts: least(counts.low, quality.counts),
      maxCounts: most(counts.high, quality.counts, 1),
      minGenes: least(genes.low, quality.genes),
      maxGenes: most(genes.high, quality.genes, 1),
      maxMitoPercent: most(mito.high, quality.mitoPercent, 10),
    },
    var: { minCells: nObs >= 10 * MIN_CELLS ? MIN_CELLS : 1, minCounts: null, maxCount: null },
  };
}

function some(values: ArrayLike<number>, test: (value: number) => boolean): boolean {
  for (let i = 0; i < values.length; i++) if (test(values[i])) return true;
  return false;
}
