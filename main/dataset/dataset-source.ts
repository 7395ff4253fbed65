import type { Column } from './column.ts';
import type { CsrChunk } from './csr-matrix.ts';
import type { SpatialLayout } from './spatial-layout.ts';

/** Names and annotations of one axis. `names` are unique and never empty (readers see to that and say so). */
export interface AxisTable {
  names: string[];
  columns: Column[];
}

/** What the values are. Only `counts` (non-negative integers) may feed a count likelihood. */
export type ValueKind = 'counts' | 'nonnegative' | 'real';

/** A dense array aligned to observations: coordinates in physical units, or an embedding. */
export interface ObsmArray {
  name: string;
  nDim: number;
  /** [nObs, nDim], row-major */
  values: Float64Array;
  /** 'µm', 'pixel', 'array' …; empty when the file does not say. */
  unit: string;
}

/** One matrix of a dataset: the main one or a layer. Chunks come in obs order and cover every observation once. */
export interface MatrixSource {
  /** 'X' for the main matrix; otherwise the layer's name. */
  name: string;
  valueKind: ValueKind;
  /** Streams the matrix with bounded memory; a chunk holds about 1–4 MiB. */
  chunks(signal?: AbortSignal): AsyncIterable<CsrChunk>;
}

/**
 * Another kind of measurement of the same observations, such as their surface proteins. It is stored beside the genes,
 * never among them: no method is trained on it.
 */
export interface ModalitySource {
  /** 'protein' */
  name: string;
  /** Observations of `matrix`, in its order; of a file of its own they need not be those of the dataset. */
  obsNames: readonly string[];
  /** Names and annotations of its features; column `gene_id` holds the stable identifier. */
  var: AxisTable;
  /** [obsNames, var] */
  matrix: MatrixSource;
  /** [obsNames], the dataset's observation of each, -1 where it has none; null: they are the dataset's, in its order. */
  obsOf: Int32Array | null;
  /** JSON values only. */
  provenance: Record<string, unknown>;
}

/**
 * A dataset as a reader (or the simulator) hands it to a project: annotations in memory, matrices streamed.
 * `matrices[0]` is what the application works on: the raw counts wherever the file has them.
 */
export interface DatasetSource {
  name: string;
  nObs: number;
  nVar: number;
  obs: AxisTable;
  /** Column `gene_id` holds the stable identifier and `feature_type` the modality, where the file has them. */
  var: AxisTable;
  obsm: ObsmArray[];
  /** Spot size, scale and images of a tissue section; left out where the files say nothing of them. */
  spatial?: SpatialLayout | null;
  matrices: MatrixSource[];
  /** Left out where the files hold genes alone. */
  modalities?: ModalitySource[];
  /** Where it came from: format, version, files with size, options chosen, warnings. JSON values only. */
  provenance: Record<string, unknown>;
  close(): void;
}
