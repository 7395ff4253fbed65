import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import type { TissueImage } from '../../dataset/spatial-layout.ts';
import { imageHeader } from '../images/image-header.ts';
import type { ScaleFactors } from './scale-factors.ts';

const names = ['hires', 'lowres'] as const;

/**
 * The images of a `spatial` folder, the finest first, and a sentence for each that cannot be shown.
 *
 * @param folders the folder of the section, then others that may have what it lacks
 */
export async function readImages(
  folders: readonly string[],
  scales: ScaleFactors | null,
): Promise<{ images: TissueImage[]; warnings: string[] }> {
  const images: TissueImage[] = [];
  const warnings: string[] = [];
  for (const name of names) {
    const path = await findImage(folders, `tissue_${name}_image`);
    if (path === null) continue;
    const scale = scales?.[`tissue_${name}_scalef`];
    if (scale === undefined) {
      warnings.push(`The image ${path} was left out: scalefactors_json.json does not say how large it is.`);
      continue;
    }
    const bytes = await readFile(path);
    const header = imageHeader(bytes);
    if (header === null || header.width === null || header.height === null) {
      const what = header?.mediaType === 'image/tiff' ? 'is a TIFF' : 'is neither PNG nor JPEG';
      warnings.push(
        `The image ${path} was left out: it ${what}, which cannot be shown. Save it as PNG of the same size.`,
      );
      continue;
    }
    images.push({ name, mediaType: header.mediaType, width: header.width, height: header.height, scale, bytes });
  }
  if (images.length === 0 && warnings.length === 0)
    warnings.push(
      `There is no tissue image (tissue_hires_image.png, tissue_lowres_image.png) in ${folders[0]}: the map will show spots alone.`,
    );
  return { images, warnings };
}

async function findImage(folders: readonly string[], base: string): Promise<string | null> {
  for (const folder of folders) {
    const found = (await readdir(folder).catch((): string[] => [])).filter(
      (name) => name.toLowerCase().slice(0, -extname(name).length) === base && /\.(png|jpe?g|tiff?)$/i.test(name),
    );
    if (found.length > 0) return join(folder, found.sort()[0]);
  }
  return null;
}
