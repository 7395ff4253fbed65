import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip, zstdCompress, zstdDecompress } from 'node:zlib';

/** A compressor that knows nothing of the data. */
export interface GeneralCompressor {
  id: 'gzip' | 'zstd' | 'brotli';
  title: string;
  compress(bytes: Uint8Array): Promise<Uint8Array>;
  restore(bytes: Uint8Array): Promise<Uint8Array>;
}

const WINDOW = 27;

/** Each at its strongest setting, with a window that holds the whole matrix. */
export const generalCompressors: readonly GeneralCompressor[] = [
  {
    id: 'gzip',
    title: 'gzip -9',
    compress: (bytes) => promisify(gzip)(bytes, { level: 9 }),
    restore: (bytes) => promisify(gunzip)(bytes),
  },
  {
    id: 'zstd',
    title: 'zstd -19',
    compress: (bytes) =>
      promisify(zstdCompress)(bytes, {
        params: {
          [constants.ZSTD_c_compressionLevel]: 19,
          [constants.ZSTD_c_enableLongDistanceMatching]: 1,
          [constants.ZSTD_c_windowLog]: WINDOW,
        },
      }),
    restore: (bytes) => promisify(zstdDecompress)(bytes, { params: { [constants.ZSTD_d_windowLogMax]: WINDOW } }),
  },
  {
    id: 'brotli',
    title: 'brotli -11',
    compress: (bytes) =>
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: 11,
          [constants.BROTLI_PARAM_LGWIN]: 24,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
    restore: (bytes) => promisify(brotliDecompress)(bytes),
  },
];
