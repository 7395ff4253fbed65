import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { LongTask } from '../dataset/progress.ts';

/** An opened file: single values by look-up, or everything. */
export interface LczReader {
  /** The count of a gene in an observation, both by position. */
  value(obs: number, gene: number): number;
  /** @throws LacunaError `cancelled`, `bad-file` */
  matrix(task?: LongTask): Promise<CsrMatrix>;
}

/** What a scheme makes of a matrix. */
export interface EncodedMatrix {
  sections: Map<string, Uint8Array>;
  facts: Record<string, number | string | boolean | readonly number[]>;
  lossless: boolean;
}
