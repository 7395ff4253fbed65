import type { DatasetInfo, MarkerTableInfo, RunState, ScoreRow } from '../projects/project.types.ts';
import type { Verdict } from '../search/stop-rule.ts';
import type { JobKind } from './job-spec.ts';

/** How annotations from a labels file met the observations. */
export interface LabelsMatch {
  path: string;
  columns: string[];
  matched: number;
  nObs: number;
  /** Some of the observations without a line in the file, and lines without an observation; at most ten each. */
  missingFromFile: string[];
  missingFromDataset: string[];
}

/** How proteins of a file of their own met the observations. */
export interface ProteinsMatch {
  path: string;
  nProteins: number;
  matched: number;
  nObs: number;
  /** At most ten each. */
  missingFromFile: string[];
  missingFromDataset: string[];
}

export interface ImportResult {
  datasets: DatasetInfo[];
  labels: LabelsMatch[];
  proteins: ProteinsMatch[];
  /** Plain sentences. */
  warnings: string[];
}

export interface TrainResult {
  runId: number;
  state: RunState;
  wallSeconds: number;
  summary: Record<string, number>;
  /** Set where a search stopped it as hopeless. */
  pruned?: Verdict;
  warnings: string[];
}

export interface EmbedResult {
  embeddingId: number;
  nObs: number;
  nDim: number;
  /** True when it was there already. */
  cached: boolean;
  /** Plain sentences: what had to be changed for this data. */
  notes: string[];
}

export interface ClusterResult {
  clusteringId: number;
  nClusters: number;
  cached: boolean;
  notes: string[];
}

export interface ScoreResult {
  /** The obs column compared with. */
  labels: string;
  rows: ScoreRow[];
  /** Plain sentences: a space that a run does not have … */
  notes: string[];
}

export interface ExportResult {
  /** Absolute paths of what was written, the main one first. */
  files: string[];
  bytes: number;
  notes: string[];
}

export interface SuperResolveResult {
  runId: number;
  gene: number;
  factor: number;
  nPlaces: number;
  /** True when it was there already. */
  cached: boolean;
}

export interface MarkersResult {
  /** One a group. */
  tables: MarkerTableInfo[];
  /** True when all were there already. */
  cached: boolean;
  /** Plain sentences: groups that the filter leaves nothing of. */
  notes: string[];
}

/** What a job of each kind answers. */
export interface JobResults {
  import: ImportResult;
  train: TrainResult;
  embed: EmbedResult;
  cluster: ClusterResult;
  score: ScoreResult;
  evaluate: ScoreResult;
  batches: ScoreResult;
  export: ExportResult;
  'super-resolve': SuperResolveResult;
  markers: MarkersResult;
}
export type JobResult<K extends JobKind = JobKind> = JobResults[K];
