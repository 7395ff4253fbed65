import type { Normalisation, Recipe } from '../preprocess/recipe.ts';
import type { Protocol } from '../protocols/protocol.ts';
import type { markersRequestSchema } from '../contract/entities/markers.ts';
import type { JobInfo } from '../jobs/job-info.ts';
import type {
  batchSpecSchema,
  clusterSpecSchema,
  embedSpecSchema,
  evaluateSpecSchema,
  importSpecSchema,
  scoreSpecSchema,
  superResolveSpecSchema,
} from '../jobs/job-spec.ts';
import type { exportRequestSchema } from '../jobs/export-request.ts';
import type { RunInfo, StudyInfo } from '../projects/project.types.ts';
import type { z } from 'zod';

/** What callers of the core hand in: fields with a default may be left out. */
export type ImportRequest = Omit<z.input<typeof importSpecSchema>, 'kind'>;
export type EmbedRequest = Omit<z.input<typeof embedSpecSchema>, 'kind'>;
export type EvaluateRequest = Omit<z.input<typeof evaluateSpecSchema>, 'kind'>;
export type ClusterRequest = Omit<z.input<typeof clusterSpecSchema>, 'kind'>;
export type SuperResolveRequest = Omit<z.input<typeof superResolveSpecSchema>, 'kind'>;
/** Dataset left out: the newest. */
export type MarkersRequest = z.input<typeof markersRequestSchema>;
/** Runs left out: every finished run of the project. */
export type ScoreRequest = Omit<z.input<typeof scoreSpecSchema>, 'kind' | 'runIds'> & { runIds?: number[] };
/** Runs left out: every finished run of the project. */
export type BatchRequest = Omit<z.input<typeof batchSpecSchema>, 'kind' | 'runIds'> & { runIds?: number[] };
/** Run left out: the newest finished run, where one is needed. */
export type ExportRequestInput = z.input<typeof exportRequestSchema>;

/** A training to start. */
export interface RunRequest {
  /** Left out: the project's only (or newest) dataset. */
  datasetId?: number;
  method: string;
  /** Left out: the method's first preset. */
  preset?: string;
  /** Parameters that differ from the preset; values may be strings, as a terminal gives them. */
  set?: Record<string, unknown>;
  seed?: number;
  /** Left out: the preset's own. Cells and genes are filtered by the dataset's recipe either way. */
  normalisation?: Normalisation;
  /** Filters and normalisation at once; left out: the dataset's filters, and the normalisation above. */
  recipe?: Recipe;
  /** What is held out; left out: nothing. */
  protocol?: Protocol;
  name?: string;
}

/** A run that was stored, and the job that trains it. */
export interface StartedRun {
  run: RunInfo;
  job: JobInfo;
}

/** A benchmark that was stored, and the jobs that train and score it, in the order in which they will run. */
export interface StartedBenchmark {
  study: StudyInfo;
  jobs: JobInfo[];
  /** Plain sentences: what was left out. */
  notes: string[];
}

/** What a training would cost here; shown before it starts. */
export interface RunEstimate {
  supported: boolean;
  /** Why not, in plain words; null when supported. */
  reason: string | null;
  memoryBytes: number;
  seconds: number;
  freeMemoryBytes: number;
  /** Plain sentences. */
  warnings: string[];
}
