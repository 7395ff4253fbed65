import { LacunaError } from '../../errors/lacuna-error.ts';
import type { Picture } from '../../projects/project.types.ts';

/** Pictures are for lists: a few hundred pixels. */
export const largestPicture = 1024 * 1024;

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/**
 * Bytes as a picture, where they are what they are said to be.
 *
 * @throws LacunaError `bad-request`
 */
export function checkedPicture(mediaType: string, bytes: Uint8Array): Picture {
  const [kind] = mediaType.split(';').map((part) => part.trim().toLowerCase());
  if (bytes.length > largestPicture) throw refused(`It has ${bytes.length} bytes; at most ${largestPicture} are kept.`);
  const head = Buffer.from(bytes.subarray(0, 256));
  if (kind === 'image/png' && head.subarray(0, pngSignature.length).equals(pngSignature))
    return { mediaType: kind, bytes };
  if (
    kind === 'image/svg+xml' &&
    /^\uFEFF?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<svg[\s>]/.test(head.toString('utf8'))
  ) {
    return { mediaType: kind, bytes };
  }
  throw refused('Expected a PNG or an SVG, with that content type.');
}

function refused(why: string): LacunaError {
  return new LacunaError('bad-request', `This cannot be the picture of a project. ${why}`, '');
}
