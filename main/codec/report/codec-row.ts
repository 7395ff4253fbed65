/** One way to store a matrix of counts, measured. */
export interface CodecRow {
  title: string;
  /** What holds the matrix; names of cells and genes are left out, except in a source file. */
  bytes: number;
  /** Bytes by part: index of the zeros, networks, counts … */
  parts: Record<string, number>;
  /** All parts together, per nonzero count. */
  bitsPerNonzero: number;
  /** Share of the nonzero counts that come back exactly; null where there is nothing to decode. */
  exactShare: number | null;
  lossless: boolean;
  encodeSeconds: number | null;
  decodeSeconds: number | null;
  /** What has to be known to read the figures: a collapsed network, what a file holds besides. */
  note: string;
}
