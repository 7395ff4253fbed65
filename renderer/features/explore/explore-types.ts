import type { z } from 'zod';
import type { CountValues } from '../../../main/contract/entities/count-values.ts';
import type { columnSummarySchema } from '../../../main/contract/entities/dataset.ts';
import type { clusteringInfoSchema, embeddingInfoSchema } from '../../../main/contract/entities/run.ts';

export type ColumnSummary = z.infer<typeof columnSummarySchema>;
export type ClusteringInfo = z.infer<typeof clusteringInfoSchema>;
export type EmbeddingInfo = z.infer<typeof embeddingInfoSchema>;

/** A gene of the dataset, or a surface protein of its cells; `index` is its position among its kind. */
export interface Gene {
  index: number;
  name: string;
  id: string;
  /** Measured by antibodies beside the genes; runs know nothing of it. */
  isProtein?: boolean;
}

/** Tells genes and proteins apart, which may have the same position and the same name. */
export function geneKey({ index, isProtein }: Gene): string {
  return `${isProtein === true ? 'protein' : 'gene'} ${index}`;
}

/** What the points are coloured by. */
export type ColourChoice =
  | { kind: 'none' }
  | { kind: 'column'; name: string }
  | {
      kind: 'clusters';
      runId: number;
      method: 'leiden' | 'kmeans';
      /** Left out: the latent, or the denoised matrix of what has none. */
      space?: string;
      /** Left out: the newest clusters that there are, else the usual settings. */
      resolution?: number;
      k?: number;
    }
  | { kind: 'gene'; gene: Gene }
  /** Which spots the protocol of a run kept from it. */
  | { kind: 'heldOut'; runId: number };

/**
 * Which values of a gene a picture shows: as measured, as the protocol showed them to the run, as the run denoised or
 * predicted them, what was measured less that, as the run predicts them between the spots, so many times as fine, or what
 * a count model says besides.
 */
export type ValuesKind = 'observed' | 'shown' | 'denoised' | 'residual' | FinerKind | CountValues;
export type FinerKind = 'finer-2' | 'finer-3' | 'finer-4';

/** How many places there are for each spot, in each direction; null for values at the spots. */
export function finerFactor(kind: ValuesKind): 2 | 3 | 4 | null {
  if (kind === 'finer-2') return 2;
  if (kind === 'finer-3') return 3;
  return kind === 'finer-4' ? 4 : null;
}

/** Groups of the observations of the dataset, with the colours that they have everywhere. */
export interface Groups {
  label: string;
  /** [nObs of the dataset], -1 where missing */
  codes: Int32Array;
  categories: readonly string[];
  /** Categories that occur, largest first. */
  order: readonly { code: number; size: number }[];
  missing: number;
  /** Colour of each code. */
  colours: readonly string[];
}

/** What a number of each observation is called. */
export interface NumberLabel {
  label: string;
  unit: string;
}
