import { unsNumber, unsText } from '../uns-value.ts';
import type { SectionFacts, SpatialPlace } from './read-spatial.ts';

/** What Lacuna itself wrote beside scanpy's words, which have none for the scale: `uns['spatial_layout']`. */
export function ownLayout({ file, positions }: SpatialPlace): SectionFacts | null {
  const place = 'uns/spatial_layout';
  if (unsText(file, `${place}/obsm`) !== positions.name) return null;
  return {
    layout: {
      micrometresPerUnit: unsNumber(file, `${place}/micrometres_per_unit`),
      spotSize: unsNumber(file, `${place}/spot_size`),
      spotShape: unsText(file, `${place}/spot_shape`) === 'square' ? 'square' : 'circle',
      yDown: unsNumber(file, `${place}/y_down`) === 1,
    },
    warnings: [],
  };
}
