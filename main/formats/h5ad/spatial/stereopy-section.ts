import { readCellBorders } from '../../gef/cell-borders.ts';
import { unsNumber, unsText } from '../uns-value.ts';
import type { ObsmArray } from '../../../dataset/dataset-source.ts';
import type { SectionFacts, SpatialPlace } from './read-spatial.ts';

/** Distance of the spots on a Stereo-seq chip in nm, where the file does not say. */
const usualPitch = 500;

/**
 * Files that stereopy wrote: positions in steps of the chip's lattice, `resolution` the step in nm, `bin_type` 'bins' or
 * 'cell_bins', `bin_size` the side of a bin in steps; outlines of cells in `obsm['cell_border']`, as `cellbin.gef` has them.
 * Rows count downwards.
 *
 * Source: stereopy's `stereo_to_anndata`, which sets these entries of `uns`.
 */
export function stereopySection({ file, positions }: SpatialPlace): SectionFacts | null {
  const binType = unsText(file, 'uns/bin_type');
  if (binType !== 'bins' && binType !== 'cell_bins') return null;
  const pitch = unsNumber(file, 'uns/resolution');
  const binSize = unsNumber(file, 'uns/bin_size');
  return {
    layout: {
      micrometresPerUnit: (pitch !== null && pitch > 0 ? pitch : usualPitch) / 1000,
      ...(binType === 'bins'
        ? { spotSize: binSize, spotShape: 'square' }
        : { borders: readCellBorders(file, planar(positions), 'obsm/cell_border') }),
      yDown: true,
    },
    warnings: [],
  };
}

/** [nObs, 2], without the third axis of sections that lie in depth. */
function planar({ values, nDim }: ObsmArray): Float64Array {
  if (nDim === 2) return values;
  return Float64Array.from({ length: (values.length / nDim) * 2 }, (_, i) => values[(i >> 1) * nDim + (i & 1)]);
}
