import { LacunaError } from '../../errors/lacuna-error.ts';

/** Names that Windows keeps for devices, with any ending. */
const reserved = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * A name of one file or folder that every system takes, so that a project can be carried to another computer.
 *
 * @throws LacunaError `bad-request`
 */
export function requirePlainName(name: string): string {
  const plain = name.trim();
  const bytes = Buffer.byteLength(plain);
  if (plain === '' || plain === '.' || plain === '..') {
    throw new LacunaError('bad-request', 'A file needs a name.', 'Type at least one letter or digit.');
  }
  const wrong = /[/\\:*?"<>|\0-\x1f]/.exec(plain);
  if (wrong !== null || reserved.test(plain) || /[. ]$/.test(plain)) {
    const what =
      wrong === null ? `"${plain}" is not a name that every system takes.` : `A name cannot hold ${spoken(wrong[0])}.`;
    throw new LacunaError('bad-request', what, 'Choose another name.', { name: plain });
  }
  if (bytes > 240) throw new LacunaError('bad-request', 'The name is too long.', 'Choose one of at most 200 letters.');
  return plain;
}

function spoken(character: string): string {
  return character < ' ' ? 'control characters' : `the character ${character}`;
}
