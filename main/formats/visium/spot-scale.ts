import type { SpatialLayout } from '../../dataset/spatial-layout.ts';
import { latticeScale } from './lattice-scale.ts';
import type { ScaleFactors } from './scale-factors.ts';
import type { TissuePositions } from './tissue-positions.ts';

/** Diameter of a spot of Visium in µm; see `latticeScale` for the source. */
export const spotMicrometres = 55;
/** The width in µm that `spot_diameter_fullres` stands for; see `ScaleFactors`. */
export const spaceRangerSpotMicrometres = 65;

/**
 * Scale, size and shape of spots or bins, in pixels of the full-resolution image. Bins: what Space Ranger says. Spots:
 * measured from their lattice; else from the width that the scale factors give.
 */
export function spotScale(
  scales: Pick<ScaleFactors, 'spot_diameter_fullres' | 'microns_per_pixel' | 'bin_size_um'> | null,
  positions: Pick<TissuePositions, 'arrayRow' | 'arrayCol' | 'x' | 'y'> | null,
): Pick<SpatialLayout, 'micrometresPerUnit' | 'spotSize' | 'spotShape'> {
  const side = scales?.bin_size_um;
  const diameter = scales?.spot_diameter_fullres;
  if (side !== undefined) {
    const perPixel = scales?.microns_per_pixel ?? (diameter === undefined ? null : side / diameter);
    return { micrometresPerUnit: perPixel, spotSize: perPixel === null ? null : side / perPixel, spotShape: 'square' };
  }
  const perPixel =
    scales?.microns_per_pixel ??
    (positions && latticeScale(positions.arrayRow, positions.arrayCol, positions.x, positions.y)) ??
    (diameter === undefined ? null : spaceRangerSpotMicrometres / diameter);
  const spotSize = perPixel === null ? null : spotMicrometres / perPixel;
  return { micrometresPerUnit: perPixel, spotSize, spotShape: 'circle' };
}
