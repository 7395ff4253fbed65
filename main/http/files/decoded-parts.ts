import { LacunaError } from '../../errors/lacuna-error.ts';

/** The parts of an address after its first slash, decoded. @throws LacunaError `bad-request` */
export function decodedParts(request: Request): string[] {
  try {
    return new URL(request.url).pathname.slice(1).split('/').map(decodeURIComponent);
  } catch (thrown) {
    throw new LacunaError('bad-request', 'The address is not encoded as it should be.', '', {}, thrown);
  }
}
