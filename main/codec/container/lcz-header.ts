import { z } from 'zod';

/** Version of the format that this program writes; it reads no newer one. */
export const LCZ_VERSION = 1;

const count = z.int().min(0);

/** The text at the head of an `.lcz` file; see build/docs for the layout around it. */
export const lczHeaderSchema = z.object({
  /** `counts`: entropy-coded against a count model. `sine`: index of the zeros, networks for the rest. */
  scheme: z.enum(['counts', 'sine']),
  nObs: count,
  nVar: count,
  nnz: count,
  /** Whether the decoded matrix is the given one. */
  lossless: z.boolean(),
  /** CRC-32 of the matrix that decoding gives: offsets, indices, counts as little-endian uint32. */
  matrixCrc: count,
  /** Name of the dataset, and the program that wrote the file. */
  name: z.string(),
  program: z.string(),
  /** What the scheme needs beside its sections. */
  facts: z.record(z.string(), z.json()),
  sections: z.array(z.object({ name: z.string(), bytes: count, crc: count })),
});
export type LczHeader = z.infer<typeof lczHeaderSchema>;
