import type { AxisTable, DatasetSource, ObsmArray, ValueKind } from '../dataset/dataset-source.ts';
import type { CategoricalColumn, Column } from '../dataset/column.ts';
import type { MarkerFacts } from '../contract/entities/markers.ts';
import type { CsrMatrix } from '../dataset/csr-matrix.ts';
import type { CellBorders, SpatialLayout, TissueImage } from '../dataset/spatial-layout.ts';
import type { LongTask } from '../dataset/progress.ts';
import type {
  CheckpointState,
  DenoisedModel,
  DenseOutput,
  EpochRecord,
  LearnedField,
  Preset,
  TrainOutcome,
} from '../methods/method.ts';
import type { Recipe } from '../preprocess/recipe.ts';
import type { SearchValue } from '../search/search-domain.ts';

/** The project file as the rest of the application sees it. `openProject` and `createProject` give one. */
export interface Project {
  readonly path: string;
  info(): ProjectInfo;
  rename(title: string): void;
  datasets: DatasetStore;
  recipes: RecipeStore;
  runs: RunStore;
  embeddings: EmbeddingStore;
  clusterings: ClusteringStore;
  scores: ScoreStore;
  annotations: AnnotationStore;
  markers: MarkerStore;
  studies: StudyStore;
  trials: TrialStore;
  presets: PresetStore;
  /** A small picture for lists of projects. */
  thumbnail(): Picture | null;
  putThumbnail(picture: Picture): void;
  /** A consistent copy to `path` while the project is open. */
  copyTo(path: string): Promise<void>;
  /** Back to a single file: checkpoints the write-ahead log, then closes. Safe to call twice. */
  close(): void;
}

/** PNG or SVG, at most 1 MiB. */
export interface Picture {
  /** 'image/png', 'image/svg+xml' */
  mediaType: string;
  bytes: Uint8Array;
}

export interface ProjectInfo {
  path: string;
  uuid: string;
  title: string;
  createdAt: string;
  appVersion: string;
  /** Schema version of the file. */
  version: number;
  fileBytes: number;
}

export interface DatasetInfo {
  id: number;
  name: string;
  nObs: number;
  nVar: number;
  nnz: number;
  valueKind: ValueKind;
  createdAt: string;
  obsm: { name: string; nDim: number; unit: string }[];
  /** Names of the matrices; the first is the main one. */
  matrices: string[];
  obsColumns: { name: string; kind: Column['kind']; nCategories: number | null }[];
  /** How it lies on its tissue; null where its files said nothing of it. */
  spatial: StoredLayout | null;
  /** Other measurements of the same observations: surface proteins. */
  modalities: ModalityInfo[];
  provenance: Record<string, unknown>;
}

/** A modality without its values. */
export interface ModalityInfo {
  /** 'protein' */
  name: string;
  nVar: number;
  valueKind: ValueKind;
  /** Observations of the dataset that were measured. */
  nMeasured: number;
  /** The file, and how many of its observations fitted. */
  provenance: Record<string, unknown>;
}

/** A layout without its bytes. */
export interface StoredLayout extends Omit<SpatialLayout, 'images' | 'borders'> {
  images: Omit<TissueImage, 'bytes'>[];
  hasBorders: boolean;
}

export interface DatasetStore {
  list(): DatasetInfo[];
  /** @throws LacunaError `not-found` */
  get(id: number): DatasetInfo;
  /** Streams a source into the file: all or nothing. Reports progress, hears cancel. */
  import(source: DatasetSource, task?: LongTask): Promise<DatasetInfo>;
  rename(id: number, name: string): void;
  /** With its runs and everything made from it. Can be undone by `restore` until the project is closed. */
  remove(id: number): void;
  /** Takes a removal back. @throws LacunaError `not-found` once it is gone for good */
  restore(id: number): void;
  obs(id: number): AxisTable;
  var(id: number): AxisTable;
  obsm(id: number, name: string): ObsmArray;
  /**
   * Sets by hand what the units of an array of positions are; a dataset without a section gets one.
   * @throws LacunaError `not-found` when there are no such positions, `bad-option`
   */
  putScale(id: number, scale: Pick<SpatialLayout, 'obsm' | 'micrometresPerUnit' | 'spotSize'>): void;
  /** @throws LacunaError `not-found` */
  tissueImage(id: number, name: string): TissueImage;
  /** Null where no cells were outlined. */
  cellBorders(id: number): CellBorders | null;
  /** Names of a modality's features; column `gene_id` holds their identifiers. @throws LacunaError `not-found` */
  modalityVar(id: number, name: string): AxisTable;
  /** One feature over all observations: [nObs], NaN where it was not measured. @throws LacunaError `not-found` */
  modalityFeature(id: number, name: string, variable: number): Float32Array;
  /** [nObs], mean of ln(1 + x) over the features of a modality: what its centred log-ratio needs. */
  modalityMeanLog(id: number, name: string): Float64Array;
  /** Adds a column of obs, or replaces the one of that name. */
  putObsColumn(id: number, column: Column): void;
  /** @throws LacunaError `not-found` */
  removeObsColumn(id: number, name: string): void;
  /** Observations `[start, end)` of a matrix (default: the main one). Checks the checksums. */
  rows(id: number, start: number, end: number, matrix?: string): CsrMatrix;
  /** The whole matrix, sparse. */
  load(id: number, matrix?: string, task?: LongTask): Promise<CsrMatrix>;
  /** One variable over all observations, dense: [nObs]. From the gene-major copy: < 50 ms at 120,000 obs. */
  gene(id: number, variable: number, matrix?: string): Float32Array;
}

/** The recipe of a dataset with undo and redo; the newest one in force is what runs use. */
export interface RecipeStore {
  current(datasetId: number): { recipe: Recipe; revision: number; canUndo: boolean; canRedo: boolean };
  put(datasetId: number, recipe: Recipe): void;
  undo(datasetId: number): void;
  redo(datasetId: number): void;
  history(datasetId: number): { revision: number; recipe: Recipe; createdAt: string; inForce: boolean }[];
}

export type RunState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'interrupted';

/** What is fixed before a run starts. */
export interface RunSpec {
  datasetId: number;
  method: string;
  preset: string;
  /** Complete, validated parameters. */
  parameters: Record<string, unknown>;
  recipe: Recipe;
  seed: number;
  protocol: Record<string, unknown>;
}

export interface RunInfo extends RunSpec {
  id: number;
  name: string;
  state: RunState;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** Training time over all sessions of the run, seconds. */
  wallSeconds: number;
  device: string;
  /** Versions of Lacuna, TensorFlow, Node. */
  versions: Record<string, string>;
  summary: Record<string, number>;
  error: { code: string; what: string; remedy: string } | null;
  nObs: number | null;
  nVar: number | null;
  hasLatent: boolean;
  /** It learned a function of position, which says something of places between the spots, too. */
  hasField: boolean;
}

/** What a finished training hands over, with the positions in the dataset of its observations and variables. */
export interface RunOutcome extends Omit<TrainOutcome, 'predicted'> {
  obsIndex: Uint32Array;
  varIndex: Uint32Array;
  heldOut?: HeldOut | null;
}

/** What a run was not shown, so that its scores can be worked out again. */
export interface HeldOut {
  /** [nObs], 1 where the whole observation was held out; null where none was. */
  obs: Uint8Array | null;
  /** [⌈nnz / 8⌉], one bit for each nonzero entry of the run's matrix, set where it was muted; null where none was. */
  entries: Uint8Array | null;
}

export interface RunStore {
  create(spec: RunSpec, name?: string): RunInfo;
  list(datasetId?: number): RunInfo[];
  /** @throws LacunaError `not-found` */
  get(id: number): RunInfo;
  update(
    id: number,
    changes: Partial<
      Pick<
        RunInfo,
        'name' | 'state' | 'startedAt' | 'finishedAt' | 'wallSeconds' | 'device' | 'versions' | 'summary' | 'error'
      >
    >,
  ): void;
  /** Can be undone by `restore` until the project is closed. */
  remove(id: number): void;
  /** Takes a removal back. @throws LacunaError `not-found` once it is gone for good */
  restore(id: number): void;
  /** Runs that say `running` although no process works on them become `interrupted`. */
  markInterrupted(isAlive: (runId: number) => boolean): number[];
  record(id: number, epoch: EpochRecord): void;
  history(id: number): EpochRecord[];
  saveCheckpoint(id: number, checkpoint: CheckpointState): void;
  loadCheckpoint(id: number): CheckpointState | null;
  /** Stores the outcome and sets `done` in one transaction; checkpoints are dropped. */
  finish(id: number, outcome: RunOutcome): void;
  latent(id: number): DenseOutput | null;
  denoised(id: number): DenoisedModel;
  extras(id: number): Record<string, DenseOutput>;
  /** Their names, without reading them. */
  extraNames(id: number): string[];
  /** The function of position that the run learned; null where it learned none. */
  field(id: number): LearnedField | null;
  /** A gene between the spots, as `putFiner` was given it; null while nobody asked for it. */
  finer(id: number, gene: number, factor: number): DenseOutput | null;
  /** [n, nDim + 2]: coordinates, nearest observation of the run, value on the scale of the model. */
  putFiner(id: number, gene: number, factor: number, places: DenseOutput): void;
  /** Null where the run was shown everything. */
  heldOut(id: number): HeldOut | null;
  /** Positions in the dataset of the observations and variables of the run. */
  axes(id: number): { obsIndex: Uint32Array; varIndex: Uint32Array };
}

/** A 2-D or 3-D picture of a space; cached by what it was made from. */
export interface EmbeddingInfo {
  id: number;
  datasetId: number;
  /** Null when made from the dataset itself. */
  runId: number | null;
  /** 'latent' | 'denoised' */
  space: string;
  kind: 'pca' | 'umap' | 'tsne';
  nDim: number;
  parameters: Record<string, unknown>;
  createdAt: string;
  wallSeconds: number;
}

/** What an embedding is found by. `datasetId` matters only when `runId` is null. */
export type EmbeddingKey = Pick<EmbeddingInfo, 'runId' | 'space' | 'kind' | 'nDim' | 'parameters'> & {
  datasetId?: number;
};

export interface EmbeddingStore {
  list(runId?: number): EmbeddingInfo[];
  find(key: EmbeddingKey): EmbeddingInfo | null;
  put(embedding: Omit<EmbeddingInfo, 'id' | 'createdAt'>, values: Float32Array): EmbeddingInfo;
  values(id: number): DenseOutput;
}

export interface ClusteringInfo {
  id: number;
  runId: number;
  space: string;
  kind: 'kmeans' | 'leiden';
  parameters: Record<string, unknown>;
  nClusters: number;
  createdAt: string;
}

export interface ClusteringStore {
  list(runId?: number): ClusteringInfo[];
  find(key: Pick<ClusteringInfo, 'runId' | 'space' | 'kind' | 'parameters'>): ClusteringInfo | null;
  put(clustering: Omit<ClusteringInfo, 'id' | 'createdAt'>, codes: Int32Array): ClusteringInfo;
  codes(id: number): Int32Array;
}

/** A state of an annotation: groups that a person named, merged or coloured. */
export interface AnnotationRevision {
  id: number;
  datasetId: number;
  /** The obs column. */
  name: string;
  /** What it was begun from, in words; '' for nothing. */
  origin: string;
  /** What led to this state: 'Merge 3 and 5 to T cells'. */
  change: string;
  categories: string[];
  /** [nCategories], `#rrggbb` */
  colours: string[];
  createdAt: string;
}

/** Obs columns that are changed in the window; each change leaves a state that can be brought back. */
export interface AnnotationStore {
  /** The states in force. */
  list(datasetId: number): AnnotationRevision[];
  /** A new state, in force from now on. Scores against other groups than these go. */
  put(datasetId: number, column: CategoricalColumn, origin: string, change: string): AnnotationRevision;
  /** @throws LacunaError `not-found` */
  get(id: number): AnnotationRevision;
  /** Brings a state in force again, also when its column was removed since. @throws LacunaError `not-found` */
  restore(id: number): AnnotationRevision;
}

/** Marker scores of one group; `key` of the store names what they were made from. */
export interface MarkerTableInfo extends MarkerFacts {
  id: number;
  datasetId: number;
  createdAt: string;
}

export interface MarkerStore {
  list(datasetId: number): MarkerTableInfo[];
  /** @throws LacunaError `not-found` */
  get(id: number): MarkerTableInfo;
  find(datasetId: number, key: string): MarkerTableInfo | null;
  /** Replaces the table of that key; the oldest go where there are many. */
  put(datasetId: number, key: string, facts: MarkerFacts, genes: Uint32Array, values: DenseOutput): MarkerTableInfo;
  /** [nGenes], positions in the dataset */
  genes(id: number): Uint32Array;
  /** [nGenes, MARKER_COLUMNS.length] */
  values(id: number): DenseOutput;
}

/** Runs that belong together: a benchmark, a search for settings, a report. */
export interface StudyInfo {
  id: number;
  /** 'benchmark' … */
  kind: string;
  title: string;
  /** What was asked for; JSON values only. */
  spec: Record<string, unknown>;
  createdAt: string;
  /** Runs that are still there, in the order in which they were made. */
  runIds: number[];
}

export interface StudyStore {
  create(study: Pick<StudyInfo, 'kind' | 'title' | 'spec'>): StudyInfo;
  list(kind?: string): StudyInfo[];
  /** @throws LacunaError `not-found` */
  get(id: number): StudyInfo;
  addRun(id: number, runId: number): void;
  /** Its runs stay. */
  remove(id: number): void;
}

/** One set of settings that a search tried. */
export interface TrialInfo {
  /** From 0 within its search. */
  number: number;
  /** Its run, also while that is removed and may come back; null when it is gone. */
  runId: number | null;
  /** What was searched; the run has the complete settings. */
  parameters: Record<string, SearchValue>;
  /** `open` until its run was judged, also when that was interrupted. */
  state: 'open' | 'done' | 'pruned' | 'failed';
  /** What it was judged by; null when it was not. Of a pruned one: its least loss. */
  value: number | null;
  /** Why it was pruned or failed, in plain words. */
  reason: string | null;
}

/** The trials of studies of kind `search`; they go with their study. */
export interface TrialStore {
  list(studyId: number): TrialInfo[];
  open(studyId: number, trial: Pick<TrialInfo, 'number' | 'runId' | 'parameters'>): void;
  /** @throws LacunaError `not-found` */
  update(
    studyId: number,
    number: number,
    changes: Partial<Pick<TrialInfo, 'runId' | 'state' | 'value' | 'reason'>>,
  ): void;
}

/** Presets that the project has of its own, by method. */
export interface PresetStore {
  /** Oldest first. */
  list(method: string): Preset[];
  /** Replaces the one of the same id. */
  put(method: string, preset: Preset): void;
  /** Runs that were made with it stay. @throws LacunaError `not-found` */
  remove(method: string, id: string): void;
}

/** One figure of a table; everything that is needed to repeat it. */
export interface ScoreRow {
  runId: number;
  /** 'latent', 'denoised', 'tsne-2d', 'umap-2d' … */
  space: string;
  /** 'kmeans', 'leiden', or 'none' for figures that need no clusters. */
  clustering: string;
  metric: string;
  value: number;
  /** The obs column compared with; '' where none is. */
  labels: string;
  seed: number;
  protocol: Record<string, unknown>;
  wallSeconds: number;
}

export interface ScoreStore {
  list(filter?: { runIds?: number[] }): ScoreRow[];
  /** Replaces rows of the same run, space, clustering, metric, labels. */
  put(rows: ScoreRow[]): void;
}
