import type { Column } from '../../../dataset/column.ts';
import type { ObsmArray } from '../../../dataset/dataset-source.ts';
import type { SpatialLayout } from '../../../dataset/spatial-layout.ts';
import type { Hdf5File } from '../../hdf5/hdf5-file.ts';
import { ownLayout } from './own-layout.ts';
import { scanpySection } from './scanpy-section.ts';
import { stereopySection } from './stereopy-section.ts';

/** What a convention of `uns` tells of a section; what it does not tell is left out. */
export interface SectionFacts {
  layout: Partial<SpatialLayout>;
  warnings: string[];
}

/** Where to look for what is known of a section. */
export interface SpatialPlace {
  file: Hdf5File;
  positions: ObsmArray;
  obs: readonly Column[];
  /** True when nothing is imported: pictures need not be decoded then. */
  sizeOnly: boolean;
}

/**
 * How the observations lie on their tissue: positions are in `obsm['spatial']` (2-D or 3-D); scale, spots and pictures
 * are in `uns` as scanpy and squidpy, stereopy, or Lacuna itself write them.
 *
 * @returns no layout when there are no positions, or nothing is known of them
 */
export function readSpatial(
  file: Hdf5File,
  obsm: readonly ObsmArray[],
  obs: readonly Column[],
  sizeOnly: boolean,
): { layout: SpatialLayout | null; warnings: string[] } {
  const planar = obsm.filter(({ nDim }) => nDim === 2 || nDim === 3);
  const positions =
    planar.find(({ name }) => /^(X_)?spatial$/i.test(name)) ?? planar.find(({ name }) => /spatial/i.test(name));
  if (positions === undefined) return { layout: null, warnings: [] };
  const place: SpatialPlace = { file, positions, obs, sizeOnly };
  const found = [scanpySection(place), stereopySection(place), ownLayout(place)].filter((facts) => facts !== null);
  if (found.length === 0 && positions.unit !== 'µm') return { layout: null, warnings: [] };
  const layout: SpatialLayout = {
    obsm: positions.name,
    micrometresPerUnit: positions.unit === 'µm' ? 1 : null,
    spotSize: null,
    spotShape: 'circle',
    yDown: false,
    images: [],
    borders: null,
  };
  return {
    layout: Object.assign(layout, ...found.map((facts) => facts.layout)) as SpatialLayout,
    warnings: found.flatMap(({ warnings }) => warnings),
  };
}
