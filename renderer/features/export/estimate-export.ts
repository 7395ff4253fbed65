import type { Format, What } from './export-options.ts';

/** What is known of an export before it is written. */
export interface ExportFacts {
  what: What;
  format: Format;
  nObs: number;
  nVar: number;
  /** Values measured that are not 0, in the whole dataset. */
  nnz: number;
  nLatent: number;
  /** Dimensions of the picture. */
  nDim: number;
  nClusterings: number;
  /** Runs that a report tells of. */
  nRuns: number;
  /** dpi of a PNG, mm of its width. */
  dpi: number;
  widthMm: number;
}

export interface ExportEstimate {
  bytes: number;
  /** Null where it is over in a moment. */
  seconds: number | null;
}

/**
 * Bytes of a denoised value in each format, and values written a second, from a run of 36 million values (2,638 cells ×
 * 13,714 genes: .h5ad 136 MB, .h5 174 MB, .mtx.gz 253 MB) on two busy cores. A denoised value is hardly
 * ever 0, so sparse formats save nothing: they carry the position of every value as well. Text is seven digits and a
 * comma; `.mtx` is text with positions, compressed.
 */
const DENSE: Partial<Record<Format, { bytesPerValue: number; valuesPerSecond: number }>> = {
  h5ad: { bytesPerValue: 4, valuesPerSecond: 2e6 },
  h5: { bytesPerValue: 5, valuesPerSecond: 1.5e6 },
  mtx: { bytesPerValue: 7, valuesPerSecond: 1e6 },
  csv: { bytesPerValue: 8, valuesPerSecond: 2e6 },
  tsv: { bytesPerValue: 8, valuesPerSecond: 2e6 },
};
/** A name of a cell, a number as text, a short category. */
const BARCODE_BYTES = 19;
const NUMBER_BYTES = 10;
const CODE_BYTES = 3;
const START_SECONDS = 2;

/** Size and time of an export, good to a factor of about two. */
export function estimateExport(facts: ExportFacts): ExportEstimate {
  const { what, format, nObs, nVar } = facts;
  const perObs = (values: number): number => nObs * (BARCODE_BYTES + values * (format === 'h5ad' ? 4 : NUMBER_BYTES));
  switch (what) {
    case 'denoised': {
      const dense = DENSE[format] ?? DENSE.csv!;
      // An .h5ad also carries the counts: value and position of each.
      const counts = format === 'h5ad' ? facts.nnz * 8 : 0;
      const values = nObs * nVar;
      return { bytes: values * dense.bytesPerValue + counts, seconds: START_SECONDS + values / dense.valuesPerSecond };
    }
    case 'latent':
      return { bytes: perObs(facts.nLatent), seconds: null };
    case 'embedding':
      return { bytes: perObs(facts.nDim), seconds: null };
    case 'clusters':
      return { bytes: nObs * (BARCODE_BYTES + facts.nClusterings * CODE_BYTES), seconds: null };
    case 'figure': {
      if (format === 'png') return { bytes: ((facts.widthMm / 25.4) * facts.dpi) ** 2 * 0.6, seconds: null };
      return { bytes: 10_000 + nObs * 45, seconds: null };
    }
    case 'report':
      // Pictures with their points as an image, some 70 kB each, three for a run.
      if (format === 'html')
        return { bytes: 100_000 + facts.nRuns * 200_000, seconds: START_SECONDS + facts.nnz / 2e6 };
      return { bytes: 10_000, seconds: null };
    case 'compressed':
      // About 5 bits for a count and its place; every entry is coded, the zeros too.
      return { bytes: facts.nnz * 0.65 + nObs * 8, seconds: START_SECONDS + (nObs * nVar) / 2e6 };
    case 'scores':
      return { bytes: 10_000, seconds: null };
  }
}
