import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { LacunaError } from '../../errors/lacuna-error.ts';

const positive = z.number().positive().optional();
const schema = z.object({
  /** Pixels of the image per pixel of the full-resolution image. */
  tissue_hires_scalef: positive,
  tissue_lowres_scalef: positive,
  /**
   * For Visium the width of a spot of 65 µm (not of the 55 µm that are printed), for Visium HD the side of a bin. The
   * 65 µm show in Space Ranger's own files: where centres lie 138 pixels apart, which is 100 µm, it says 89.4.
   */
  spot_diameter_fullres: positive,
  /** Visium HD alone. */
  microns_per_pixel: positive,
  bin_size_um: positive,
});

/** What Space Ranger tells of scale; pixels are those of the full-resolution image. */
export type ScaleFactors = z.infer<typeof schema>;

/**
 * Reads `scalefactors_json.json`. Null when there is none.
 *
 * @throws LacunaError `bad-file` when it cannot be understood
 */
export async function readScaleFactors(spatial: string): Promise<ScaleFactors | null> {
  const path = join(spatial, 'scalefactors_json.json');
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw LacunaError.from(error);
  });
  if (text === null) return null;
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    throw new LacunaError(
      'bad-file',
      `${path} cannot be understood: scale factors as Space Ranger writes them were expected.`,
      'Copy it again from the output of the run, or take it away to import without images.',
      { file: path },
      error,
    );
  }
}
