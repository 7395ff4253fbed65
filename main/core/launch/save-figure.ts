import { copyFile, open } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { writeFileAtomically } from '../../export/atomic-target.ts';
import type { LaunchFolder } from './launch-folder.ts';
import { forgetUploads, uploadFolder } from './store-upload.ts';

/** How a picture of each kind begins. */
const SIGNATURES: Record<string, RegExp> = {
  '.png': /^\x89PNG\r\n\x1a\n/,
  '.svg': /^(<\?xml[^>]*>\s*)?<svg[\s>]/,
};

export interface FigureToSave {
  /** The upload that it came by, and its name there. */
  drop: string;
  name: 'figure.png' | 'figure.svg';
  out: string;
  overwrite: boolean;
}

/**
 * Puts a figure that the window has drawn where the person wants it; the upload is forgotten. Figures alone: this is no
 * way to write any file anywhere.
 *
 * @returns the size of the file, bytes
 * @throws LacunaError `bad-request` for what is no PNG or SVG, and as `writeFileAtomically`
 */
export async function saveFigure(launchFolder: LaunchFolder, figure: FigureToSave): Promise<number> {
  const { drop, name, out, overwrite } = figure;
  const source = join(uploadFolder(launchFolder, drop), name);
  try {
    const signature = SIGNATURES[extname(out).toLowerCase()];
    if (signature === undefined || !signature.test(await beginning(source)))
      throw new LacunaError('bad-request', `${out} would not be a figure.`, 'Figures end in .png or .svg.');
    return await writeFileAtomically(out, overwrite, (temporary) => copyFile(source, temporary));
  } finally {
    await forgetUploads(launchFolder, drop);
  }
}

async function beginning(path: string): Promise<string> {
  const file = await open(path).catch((thrown: unknown) => {
    throw LacunaError.from(thrown);
  });
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(128), 0, 128, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } finally {
    await file.close();
  }
}
