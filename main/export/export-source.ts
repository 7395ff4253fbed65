import type { AxisTable, ValueKind } from '../dataset/dataset-source.ts';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { SpatialLayout } from '../dataset/spatial-layout.ts';

/**
 * What a writer needs, and nothing more: writers know no projects, runs or methods. Whoever exports (a dataset, a
 * denoised result) describes it in these terms, and every format can take it.
 */
export interface ExportSource {
  nObs: number;
  nVar: number;
  /** `obs.names` are the barcodes. */
  obs: AxisTable;
  /** Columns `gene_id`, `feature_type` and `genome` go to the fields of that meaning in the 10x formats. */
  var: AxisTable;
  /** The first is the main matrix (X); the others become layers under their names. At least one. */
  matrices: ExportMatrix[];
  /** Latent, embeddings, coordinates; names as the field writes them: `X_pca`, `X_umap`, `spatial`. */
  obsm: ExportObsm[];
  /** How the observations lie on their tissue; kept by `.h5ad` alone. */
  spatial?: SpatialLayout | null;
  /** Where the values come from: dataset, recipe, method, parameters, seed, versions. JSON values only. */
  provenance: Record<string, unknown>;
}

/** One matrix as a stream of observations in order, every observation once. */
export type ExportMatrix = SparseExportMatrix | DenseExportMatrix;

export interface SparseExportMatrix {
  /** 'X' for the main matrix; otherwise the layer's name. */
  name: string;
  storage: 'sparse';
  valueKind: ValueKind;
  chunks(signal?: AbortSignal): AsyncIterable<CsrChunk>;
}

export interface DenseExportMatrix {
  name: string;
  storage: 'dense';
  valueKind: ValueKind;
  /** A chunk is read before the next one is asked for, so the same buffer may be filled again and again. */
  chunks(signal?: AbortSignal): AsyncIterable<DenseRows>;
}

/** Consecutive observations `[start, start + nObs)` with all their variables. */
export interface DenseRows {
  start: number;
  nObs: number;
  /** [nObs, nVar], row-major */
  values: Float32Array;
}

/** A dense array aligned to the observations. */
export interface ExportObsm {
  name: string;
  nDim: number;
  /** [nObs, nDim], row-major */
  values: Float32Array | Float64Array;
  /** 'µm', 'pixel' …; leave out for spaces without a unit. */
  unit?: string;
}

/** What every writer may be told. */
export interface ExportOptions {
  /** Replace an existing target; without it an existing target is refused. */
  overwrite?: boolean;
}

/** For formats that keep only nonzero values. */
export interface SparseOptions {
  /**
   * Smallest magnitude that is kept when a dense matrix goes to a sparse format: values with |x| < minValue are
   * dropped, and read back as 0. Default 0: only exact zeros are dropped.
   */
  minValue?: number;
}

/** What a finished export tells. */
export interface ExportResult {
  path: string;
  bytes: number;
  /** Stored values over all matrices; entries for sparse ones, nObs × nVar for dense ones. */
  nValues: number;
  /** Plain sentences: names that had to be changed, values that were dropped … */
  warnings: string[];
}
