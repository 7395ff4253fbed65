/** What the first bytes of a picture tell. */
export interface ImageHeader {
  mediaType: 'image/png' | 'image/jpeg' | 'image/tiff';
  /** In pixels; null for TIFF, whose size may stand anywhere in the file. */
  width: number | null;
  height: number | null;
}

/**
 * Kind and size of a PNG, JPEG or TIFF by its content; null for anything else.
 *
 * Sources: PNG specification, 11.2.1 (IHDR); ITU-T T.81, B.2.2 (frame header); TIFF 6.0, section 2.
 */
export function imageHeader(bytes: Uint8Array): ImageHeader | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length >= 24 && view.getUint32(0) === 0x89504e47 && view.getUint32(12) === 0x49484452)
    return { mediaType: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
  if (bytes.length >= 4 && view.getUint16(0) === 0xffd8) return jpegHeader(view);
  const mark = bytes.length >= 4 ? view.getUint32(0) : 0;
  if (mark === 0x49492a00 || mark === 0x4d4d002a) return { mediaType: 'image/tiff', width: null, height: null };
  return null;
}

/** Goes from segment to segment until the frame header. */
function jpegHeader(view: DataView): ImageHeader | null {
  for (let at = 2; at + 9 < view.byteLength;) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at++; // a fill byte
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { mediaType: 'image/jpeg', width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
