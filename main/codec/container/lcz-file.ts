import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { crc32 } from 'node:zlib';
import { LacunaError } from '../../errors/lacuna-error.ts';
import { writeFileAtomically } from '../../export/atomic-target.ts';
import { LCZ_VERSION, lczHeaderSchema, type LczHeader } from './lcz-header.ts';

/** As PNG does it: a byte above 127, a line end that text transfers change, and an end of file for old terminals. */
const MAGIC = Uint8Array.from([0x8c, 0x4c, 0x43, 0x5a, 0x0d, 0x0a, 0x1a, 0x0a]);
const FIXED_BYTES = MAGIC.length + 12;

/** What a file holds: the header without its list of sections, and the sections by name. */
export interface LczContent {
  header: Omit<LczHeader, 'sections'>;
  sections: ReadonlyMap<string, Uint8Array>;
}

/** Layout: magic (8), version, length and CRC-32 of the header (uint32 little-endian each), header (JSON), sections. */
export function packLcz({ header, sections }: LczContent): Uint8Array {
  const list = [...sections].map(([name, bytes]) => ({ name, bytes: bytes.length, crc: crc32(bytes) }));
  const text = new TextEncoder().encode(JSON.stringify({ ...header, sections: list }));
  const out = new Uint8Array(FIXED_BYTES + text.length + list.reduce((sum, { bytes }) => sum + bytes, 0));
  const view = new DataView(out.buffer);
  out.set(MAGIC);
  view.setUint32(8, LCZ_VERSION, true);
  view.setUint32(12, text.length, true);
  view.setUint32(16, crc32(text), true);
  out.set(text, FIXED_BYTES);
  let at = FIXED_BYTES + text.length;
  for (const bytes of sections.values()) {
    out.set(bytes, at);
    at += bytes.length;
  }
  return out;
}

/**
 * @param name of the file, for messages
 * @throws LacunaError `unknown-format`, `truncated-file`, `bad-file` with the part that is damaged, `unsupported` for a newer version
 */
export function unpackLcz(bytes: Uint8Array, name: string): LczContent {
  if (bytes.length < MAGIC.length || MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw new LacunaError(
      'unknown-format',
      `${name} is not a file of Lacuna's codec.`,
      'Files written by `lacuna codec encode` end in .lcz.',
    );
  }
  if (bytes.length < FIXED_BYTES) throw truncated(name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(8, true);
  if (version > LCZ_VERSION) {
    throw new LacunaError(
      'unsupported',
      `${name} has version ${version} of the format; this program reads up to ${LCZ_VERSION}.`,
      'Update Lacuna.',
    );
  }
  const headerBytes = view.getUint32(12, true);
  if (bytes.length < FIXED_BYTES + headerBytes) throw truncated(name);
  const text = bytes.subarray(FIXED_BYTES, FIXED_BYTES + headerBytes);
  if (crc32(text) !== view.getUint32(16, true)) throw damaged(name, 'header');
  const parsed = lczHeaderSchema.safeParse(JSON.parse(new TextDecoder().decode(text)));
  if (!parsed.success) throw damaged(name, 'header');
  const { sections: list, ...header } = parsed.data;
  const sections = new Map<string, Uint8Array>();
  let at = FIXED_BYTES + headerBytes;
  for (const section of list) {
    const part = bytes.subarray(at, at + section.bytes);
    if (part.length < section.bytes) throw truncated(name);
    if (crc32(part) !== section.crc) throw damaged(name, `part '${section.name}'`);
    sections.set(section.name, part);
    at += section.bytes;
  }
  return { header, sections };
}

/** @throws LacunaError as `writeFileAtomically` */
export function writeLcz(path: string, content: LczContent, overwrite: boolean): Promise<number> {
  return writeFileAtomically(path, overwrite, (temporary) => writeFile(temporary, packLcz(content)));
}

/** @throws LacunaError as `unpackLcz`, `not-found`, `no-access` */
export async function readLcz(path: string): Promise<LczContent> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw LacunaError.from(error);
  });
  return unpackLcz(bytes, basename(path));
}

/** The section of that name. @throws LacunaError `bad-file` */
export function sectionOf({ sections }: LczContent, name: string): Uint8Array {
  const bytes = sections.get(name);
  if (bytes) return bytes;
  throw new LacunaError('bad-file', `The file lacks its part '${name}'.`, 'Take another copy of the file.');
}

function truncated(name: string): LacunaError {
  return new LacunaError('truncated-file', `${name} ends too early.`, 'Copy or download it again.');
}

function damaged(name: string, part: string): LacunaError {
  return new LacunaError(
    'bad-file',
    `${name} is damaged: the checksum of its ${part} does not match.`,
    'Take another copy of the file.',
  );
}
