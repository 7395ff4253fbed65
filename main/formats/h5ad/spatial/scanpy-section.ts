import type { SpatialLayout, TissueImage } from '../../../dataset/spatial-layout.ts';
import { spotScale } from '../../visium/spot-scale.ts';
import { unsNumber } from '../uns-value.ts';
import type { SectionFacts, SpatialPlace } from './read-spatial.ts';
import { readUnsImage } from './uns-image.ts';

/**
 * `uns['spatial'][library]` as scanpy and squidpy write it: `images` as arrays, `scalefactors` as Space Ranger names
 * them. Positions are pixels of the full-resolution image, y downwards. Of several libraries the first is taken.
 */
export function scanpySection(place: SpatialPlace): SectionFacts | null {
  const { file } = place;
  const libraries = file.keys('uns/spatial').filter((name) => file.keys(`uns/spatial/${name}`).length > 0);
  if (libraries.length === 0) return null;
  const library = `uns/spatial/${libraries[0]}`;
  const { images, warnings } = readLibraryImages(place, library);
  if (libraries.length > 1)
    warnings.push(
      `uns['spatial'] holds ${libraries.length} sections; images and scale of the first, ${libraries[0]}, were taken. Split the file by section to have those of the others.`,
    );
  return { layout: { ...scaleOf(place, library), yDown: true, images }, warnings };
}

function readLibraryImages(
  { file, sizeOnly }: SpatialPlace,
  library: string,
): { images: TissueImage[]; warnings: string[] } {
  const images: TissueImage[] = [];
  const warnings: string[] = [];
  for (const name of file.keys(`${library}/images`)) {
    const scale = unsNumber(file, `${library}/scalefactors/tissue_${name}_scalef`);
    const image = scale === null ? 'its scale is not given' : readUnsImage(file, `${library}/images/${name}`, sizeOnly);
    if (typeof image === 'string') warnings.push(`The tissue image '${name}' was not imported: ${image}.`);
    else images.push({ name, mediaType: 'image/png', scale: scale!, ...image });
  }
  images.sort((a, b) => b.scale - a.scale);
  return { images, warnings };
}

/** As for Space Ranger folders, where the file tells that it was one; else the width of a spot alone. */
function scaleOf(
  { file, obs, positions }: SpatialPlace,
  library: string,
): Pick<SpatialLayout, 'micrometresPerUnit' | 'spotSize' | 'spotShape'> {
  const factor = (name: string) => unsNumber(file, `${library}/scalefactors/${name}`) ?? undefined;
  const diameter = factor('spot_diameter_fullres');
  const numbers = (name: string) => {
    const column = obs.find((one) => one.name === name);
    return column?.kind === 'numeric' ? column.values : null;
  };
  const [row, col] = [numbers('array_row'), numbers('array_col')];
  const isSpaceRanger =
    file.keys(`${library}/metadata`).includes('chemistry_description') || (row !== null && col !== null);
  const perPixel = factor('microns_per_pixel');
  if (!isSpaceRanger && perPixel === undefined)
    return { micrometresPerUnit: null, spotSize: diameter ?? null, spotShape: 'circle' };
  const axis = (d: number) =>
    Float64Array.from(
      { length: positions.values.length / positions.nDim },
      (_, i) => positions.values[i * positions.nDim + d],
    );
  return spotScale(
    { spot_diameter_fullres: diameter, microns_per_pixel: perPixel, bin_size_um: factor('bin_size_um') },
    row && col ? { arrayRow: row, arrayCol: col, x: axis(0), y: axis(1) } : null,
  );
}
