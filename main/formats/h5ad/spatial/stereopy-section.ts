import { unsNumber, unsText } from '../uns-value.ts';
import type { SectionFacts, SpatialPlace } from './read-spatial.ts';

/** Distance of the spots on a Stereo-seq chip in nm, where the file does not say. */
const usualPitch = 500;

/**
 * Files that stereopy wrote: positions in steps of the chip's lattice, `resolution` the step in nm, `bin_type` 'bins' or
 * 'cell_bins', `bin_size` the side of a bin in steps. Rows count downwards.
 *
 * Source: stereopy's `stereo_to_anndata`, which sets these entries of `uns`.
 */
export function stereopySection({ file }: SpatialPlace): SectionFacts | null {
  const binType = unsText(file, 'uns/bin_type');
  if (binType !== 'bins' && binType !== 'cell_bins') return null;
  const pitch = unsNumber(file, 'uns/resolution');
  const binSize = unsNumber(file, 'uns/bin_size');
  return {
    layout: {
      micrometresPerUnit: (pitch !== null && pitch > 0 ? pitch : usualPitch) / 1000,
      ...(binType === 'bins' ? { spotSize: binSize, spotShape: 'square' } : {}),
      yDown: true,
    },
    warnings: [],
  };
}
