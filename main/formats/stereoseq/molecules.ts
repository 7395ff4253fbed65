/**
 * A run of lines of a Stereo-seq file: how many molecules of which gene were seen at which spot of the chip. The arrays
 * may be longer than `length` and are valid until the next batch.
 */
export interface MoleculeBatch {
  length: number;
  /** [length], gene by its number in the file: see `MoleculeFile.genes` */
  genes: Uint32Array;
  /** [length], column of the DNA nanoball (DNB) that caught them */
  xs: Int32Array;
  /** [length], row of the DNB */
  ys: Int32Array;
  /** [length], molecules (unique molecular identifiers) */
  counts: Uint32Array;
  /** [length], the segmented cell, 0 for none; `null` where the file does not say */
  cells: Float64Array | null;
  /** Share of the file read so far. */
  fraction: number;
}

/** Largest coordinate and count of a line that is believed; a Stereo-seq chip of 13 cm has 260,000 DNB a side. */
export const largest = { coordinate: 2_000_000, count: 16_777_216, cell: 2 ** 40 };

/** Genes of a file by their number there. */
export interface FileGenes {
  ids: string[];
  /** `null` where the file has identifiers only. */
  names: string[] | null;
}

/** A file of molecules: `.gem` or square-bin `.gef`. */
export interface MoleculeFile {
  path: string;
  /** Streams the lines in the order of the file. */
  batches(signal?: AbortSignal): AsyncGenerator<MoleculeBatch>;
  /** All genes; complete once the batches have been read to the end. */
  genes(): FileGenes;
  /** What is to be added to coordinates to get those of the chip. */
  offset(): { x: number; y: number };
  /** DNB per side of the squares that the file counts in: coordinates are multiples of it. */
  binSize: number;
  /** µm from one DNB to the next. */
  pitch: number;
}

/** The pitch of DNBs on Stereo-seq chips: 500 nm (Chen et al., Cell 2022, "Spatiotemporal transcriptomic atlas of mouse organogenesis"). */
export const usualPitch = 0.5;
