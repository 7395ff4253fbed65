import type { Group } from 'h5wasm/node';
import type { SpatialLayout, TissueImage } from '../../dataset/spatial-layout.ts';
import { spaceRangerSpotMicrometres, spotMicrometres } from '../../formats/visium/spot-scale.ts';
import type { Hdf5File } from '../hdf5/hdf5-file.ts';
import { ElementNames } from './element-name.ts';
import { markEncoding, writeDict } from './encoding.ts';
import { imagePixels } from './image-pixels.ts';
import { writeDictionary } from './uns.ts';

/** What the section is called in `uns['spatial']`; scanpy and squidpy need a name. */
const library = 'section';
/** Bytes of one HDF5 chunk of a picture, and of one write. */
const chunkBytes = 1 << 18;
const writeBytes = 1 << 24;

/**
 * Writes how the observations lie on their tissue: `uns['spatial'][library]` with `images` and `scalefactors` as scanpy
 * and squidpy read them, and `uns['spatial_layout']` with what they have no words for (µm per unit, shape of a spot).
 * Outlines of cells have no place in `.h5ad`.
 */
export async function writeSpatial(
  file: Hdf5File,
  uns: Group,
  layout: SpatialLayout,
  warnings: string[],
): Promise<void> {
  await writeDictionary(
    file,
    uns,
    'spatial_layout',
    {
      obsm: layout.obsm,
      micrometres_per_unit: layout.micrometresPerUnit,
      spot_size: layout.spotSize,
      spot_shape: layout.spotShape,
      y_down: layout.yDown,
    },
    warnings,
  );
  if (layout.borders !== null) warnings.push('The borders of the cells were left out: .h5ad has no place for them.');
  if (layout.images.length === 0 && layout.spotSize === null) return;
  const section = await writeDict(file, await writeDict(file, uns, 'spatial'), library);
  const images = await writeDict(file, section, 'images');
  const names = new ElementNames(warnings);
  const factors: Record<string, number | null> = {
    spot_diameter_fullres: spotDiameter(layout),
    microns_per_pixel: layout.micrometresPerUnit,
  };
  for (const image of layout.images) {
    const name = names.take(image.name, 'tissue image');
    if (await writeImage(file, images, name, image, warnings)) factors[`tissue_${name}_scalef`] = image.scale;
  }
  await writeDictionary(file, section, 'scalefactors', factors, warnings);
}

/** Space Ranger's own figure for spots of Visium, which is wider than the spot; see `ScaleFactors`. */
function spotDiameter({ spotShape, spotSize, micrometresPerUnit }: SpatialLayout): number | null {
  if (spotSize === null || micrometresPerUnit === null || spotShape !== 'circle') return spotSize;
  const isVisium = Math.abs(spotSize * micrometresPerUnit - spotMicrometres) < 0.01;
  return isVisium ? (spotSize * spaceRangerSpotMicrometres) / spotMicrometres : spotSize;
}

/** [height, width, 3 or 4] of whole numbers from 0 to 255. @returns false when the picture had to be left out */
async function writeImage(
  file: Hdf5File,
  parent: Group,
  name: string,
  image: TissueImage,
  warnings: string[],
): Promise<boolean> {
  if (image.mediaType !== 'image/png') {
    warnings.push(
      `The tissue image '${image.name}' was left out: .h5ad holds pixels, and only those of PNG are unpacked.`,
    );
    return false;
  }
  const { width, height, channels, data } = imagePixels(image.bytes);
  const rowBytes = width * channels;
  const chunkRows = Math.min(height, Math.max(1, Math.floor(chunkBytes / rowBytes)));
  const dataset = await file.numbers(parent, name, new Uint8Array(0), {
    shape: [0, width, channels],
    maxShape: [height, width, channels],
    chunks: [chunkRows, width, channels],
    gzip: 1,
  });
  await markEncoding(file, dataset, 'array');
  const rows = chunkRows * Math.max(1, Math.floor(writeBytes / (chunkRows * rowBytes)));
  for (let from = 0; from < height; from += rows) {
    const to = Math.min(height, from + rows);
    await file.resize(dataset, [to, width, channels]);
    await file.writeRows(dataset, from, to, data.subarray(from * rowBytes, to * rowBytes));
  }
  return true;
}
