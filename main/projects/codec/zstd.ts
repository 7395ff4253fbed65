import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/**
 * zstd as the project file uses it. Level 3 is the knee: on counts, level 6 saves no more than a few per cent and takes
 * three times as long.
 */
export function compress(bytes: Uint8Array, level = 3): Uint8Array {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: level } });
}

/** @throws Error of zlib when the bytes are not a whole zstd frame */
export function decompress(bytes: Uint8Array, size: number): Uint8Array {
  return zstdDecompressSync(bytes, { maxOutputLength: Math.max(size, 1) });
}
