import type { DatasetSource, ValueKind } from '../dataset/dataset-source.ts';
import type { LongTask } from '../dataset/progress.ts';

/** Formats that Lacuna reads; a format is found by content, never by name alone. */
export type FormatId = '10x-h5' | '10x-mtx' | 'h5ad' | 'visium' | 'xenium' | 'gem' | 'gef' | 'table';

/** One thing a person may choose before the import: genome, feature types, matrix … */
export interface ImportChoice {
  /** The option's key, as `import key=value` takes it. */
  key: string;
  label: string;
  help: string;
  /** `one-of-or-number`: one of the options, or a positive whole number typed instead. */
  kind: 'one-of' | 'many-of' | 'flag' | 'one-of-or-number';
  options: { value: string; label: string }[];
  /** The value used when nothing is said; many-of values are joined by commas. */
  default: string;
}

/** The first rows of a text table as its reader splits them, for choosing columns. */
export interface TablePreview {
  path: string;
  delimiter: string;
  hasHeader: boolean;
  /** Names by which the columns are chosen; of a wide table the first ones and those that are no counts. */
  columns: string[];
  /** [columns] */
  roles: ('id' | 'x' | 'y' | 'z' | 'annotation' | 'value' | 'left-out')[];
  /** Columns of the whole table. */
  nColumns: number;
  /** Up to 20 rows of text. */
  rows: string[][];
}

/** What was found in a file or folder, shown before anything is stored. */
export interface Inspection {
  format: FormatId;
  /** 'Cell Ranger 3 .h5', 'anndata 0.8 .h5ad' … */
  title: string;
  version: string;
  path: string;
  fileBytes: number;
  nObs: number;
  nVar: number;
  nnz: number;
  /** nnz / (nObs · nVar) */
  density: number;
  valueKind: ValueKind;
  /** Entries looked at to tell `valueKind`; equals nnz when all were. */
  valuesSampled: number;
  obsColumns: { name: string; kind: 'numeric' | 'categorical' | 'string'; nCategories: number | null }[];
  obsm: { name: string; nDim: number }[];
  layers: string[];
  choices: ImportChoice[];
  /** Other measurements of the same observations: surface proteins; the first features by name. */
  modalities: { name: string; nVar: number; examples: string[] }[];
  /** Tissue section: scale, spots, pictures; null where the files say nothing of one. */
  spatial: {
    obsm: string;
    micrometresPerUnit: number | null;
    spotSize: number | null;
    images: { name: string; width: number; height: number }[];
    hasBorders: boolean;
  } | null;
  table: TablePreview | null;
  /** The table of positions or annotations that goes with `table`. */
  positionsTable: TablePreview | null;
  /** Plain sentences: duplicate gene names made unique, values that are not counts, … */
  warnings: string[];
}

/** Options by key; keys and values as in `ImportChoice`. */
export type ImportOptions = Record<string, string>;

/** One of several datasets in a folder. */
export interface DatasetPart {
  path: string;
  options: ImportOptions;
  /** Tells it from the others. */
  label: string;
}

/** The same functions for every format; `formats/registry.ts` lists them. */
export interface FormatReader {
  id: FormatId;
  title: string;
  /** For the drop zone and help: '.h5', 'folder with matrix.mtx' … */
  accepts: string;
  /** True when the content at `path` (file or folder) is of this format. Never throws for foreign files. */
  sniff(path: string): Promise<boolean>;
  /** @throws LacunaError `bad-file`, `truncated-file`, `bad-option` */
  inspect(path: string, options: ImportOptions, task?: LongTask): Promise<Inspection>;
  /** Annotations are read at once; matrices stream later. Caller closes. */
  open(path: string, options: ImportOptions, task?: LongTask): Promise<DatasetSource>;
  /** For folders that may hold several datasets: those that the options ask for, one or more. */
  split?(path: string, options: ImportOptions): Promise<DatasetPart[]>;
}
