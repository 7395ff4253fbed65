import { datasetName } from './dataset-name.ts';
import type { CsrChunk } from '../dataset/csr-matrix.ts';
import type { AxisTable, DatasetSource, ObsmArray, ValueKind } from '../dataset/dataset-source.ts';
import type { SpatialLayout } from '../dataset/spatial-layout.ts';
import type { LongTask } from '../dataset/progress.ts';
import type { FormatId, FormatReader, ImportChoice, ImportOptions, Inspection, TablePreview } from './format-reader.ts';

/** A matrix that a reader found: what is known before it streams. */
export interface FoundMatrix {
  name: string;
  nnz: number;
  valueKind: ValueKind;
  valuesSampled: number;
  /** [nObs + 1], where the stored entries of each observation begin; for counting those of some observations. */
  offsets?: ArrayLike<number>;
  chunks(signal?: AbortSignal): AsyncIterable<CsrChunk>;
}

/** Another kind of measurement of the same observations, such as their surface proteins. */
export interface FoundModality {
  /** 'protein' */
  name: string;
  var: AxisTable;
  /** In the order of the dataset's observations. */
  matrix: FoundMatrix;
}

/** Everything a reader found: enough for the inspection and for the dataset itself. */
export interface FoundDataset {
  /** What to call it, where the path alone does not tell. */
  name?: string;
  title: string;
  version: string;
  files: { path: string; bytes: number }[];
  obs: AxisTable;
  var: AxisTable;
  /** For an inspection that counts or estimates without listing names; `obs` and `var` may then be incomplete. */
  sizes?: { nObs: number; nVar: number };
  obsm: ObsmArray[];
  spatial?: SpatialLayout | null;
  /** First rows of a text table, for choosing its columns. */
  table?: TablePreview | null;
  positionsTable?: TablePreview | null;
  /** The main one first. */
  matrices: FoundMatrix[];
  modalities?: FoundModality[];
  /** Names of all layers of the file, imported or not. */
  layers: string[];
  choices: ImportChoice[];
  /** The options in force, defaults included. */
  options: ImportOptions;
  warnings: string[];
  close(): void;
}

/** An inspection may look at a part of the values, an import must be sure. */
export type ReadPurpose = 'inspect' | 'import';

/** What a reader of folders has settled before it hands the matrix in them to the reader of matrices. */
export interface FolderChoices {
  /** Choices of the folder; listed before those of the matrix. */
  choices: readonly ImportChoice[];
}

/** What is particular to a format; the rest of `FormatReader` follows from it. */
export interface FormatFinder {
  id: FormatId;
  title: string;
  accepts: string;
  sniff(path: string): Promise<boolean>;
  find(path: string, options: ImportOptions, purpose: ReadPurpose, task: LongTask): Promise<FoundDataset>;
  split?: FormatReader['split'];
}

/** A complete reader from what is particular to its format. */
export function formatReader(finder: FormatFinder): FormatReader {
  const { id, title, accepts, sniff, split } = finder;
  return {
    id,
    title,
    accepts,
    sniff,
    split,
    async inspect(path, options, task = {}) {
      const found = await finder.find(path, options, 'inspect', task);
      try {
        return inspection(id, path, found);
      } finally {
        found.close();
      }
    },
    async open(path, options, task = {}) {
      return datasetSource(id, path, await finder.find(path, options, 'import', task));
    },
  };
}

function inspection(format: FormatId, path: string, found: FoundDataset): Inspection {
  const [main] = found.matrices;
  const { nObs, nVar } = found.sizes ?? { nObs: found.obs.names.length, nVar: found.var.names.length };
  return {
    format,
    title: found.title,
    version: found.version,
    path,
    fileBytes: found.files.reduce((sum, file) => sum + file.bytes, 0),
    nObs,
    nVar,
    nnz: main.nnz,
    density: nObs * nVar === 0 ? 0 : main.nnz / (nObs * nVar),
    valueKind: main.valueKind,
    valuesSampled: main.valuesSampled,
    obsColumns: found.obs.columns.map((column) => ({
      name: column.name,
      kind: column.kind,
      nCategories: column.kind === 'categorical' ? column.categories.length : null,
    })),
    obsm: found.obsm.map(({ name, nDim }) => ({ name, nDim })),
    layers: found.layers,
    choices: found.choices,
    modalities: (found.modalities ?? []).map(({ name, var: { names } }) => ({
      name,
      nVar: names.length,
      examples: names.slice(0, MODALITY_EXAMPLES),
    })),
    spatial: found.spatial ? spatialSummary(found.spatial) : null,
    table: found.table ?? null,
    positionsTable: found.positionsTable ?? null,
    warnings: found.warnings,
  };
}

/** Features of a modality that an inspection names. */
const MODALITY_EXAMPLES = 8;

function spatialSummary(layout: SpatialLayout): NonNullable<Inspection['spatial']> {
  const { obsm, micrometresPerUnit, spotSize, images, borders } = layout;
  return {
    obsm,
    micrometresPerUnit,
    spotSize,
    images: images.map(({ name, width, height }) => ({ name, width, height })),
    hasBorders: borders !== null,
  };
}

function datasetSource(format: FormatId, path: string, found: FoundDataset): DatasetSource {
  return {
    name: found.name ?? datasetName(path),
    nObs: found.obs.names.length,
    nVar: found.var.names.length,
    obs: found.obs,
    var: found.var,
    obsm: found.obsm,
    spatial: found.spatial ?? null,
    matrices: found.matrices.map(({ name, valueKind, chunks }) => ({ name, valueKind, chunks })),
    modalities: (found.modalities ?? []).map(({ name, var: vars, matrix: { valueKind, chunks } }) => ({
      name,
      obsNames: found.obs.names,
      var: vars,
      matrix: { name, valueKind, chunks },
      obsOf: null,
      provenance: { path },
    })),
    provenance: {
      format,
      title: found.title,
      version: found.version,
      path,
      files: found.files,
      options: found.options,
      warnings: found.warnings,
    },
    close: () => found.close(),
  };
}
