import { z } from 'zod';
import { stopRuleSchema } from '../search/stop-rule.ts';
import { markersRequestSchema } from '../contract/entities/markers.ts';
import { exportRequestSchema } from './export-request.ts';

/**
 * What a job is asked to do. A spec is plain JSON: it crosses to the worker process, which parses it again, so that a
 * job means the same wherever it runs.
 */
const id = z.int().min(1);
const settings = z.record(z.string(), z.unknown());

/** Brings files into the project, each as a dataset; all of them or none. */
export const importSpecSchema = z.object({
  kind: z.literal('import'),
  paths: z.array(z.string().min(1)).min(1),
  /** Left out: found by content. */
  format: z.string().optional(),
  /** Options of the format, as `inspect` lists them. */
  options: z.record(z.string(), z.string()).default({}),
  /** CSV or TSV of annotations, joined by barcode. */
  labelsPath: z.string().optional(),
  /** File with surface proteins of the same cells, joined by barcode. */
  proteinPath: z.string().optional(),
  /** Name of the dataset; only with one path. */
  name: z.string().min(1).optional(),
});

/** Trains a run that is stored already; goes on from its checkpoint where it has one. */
const trainSpecSchema = z.object({
  kind: z.literal('train'),
  runId: id,
  /** Of a search for settings: stops a training that others have left behind. */
  stopRule: stopRuleSchema.optional(),
});

const spaceSchema = z.enum(['latent', 'denoised', 'data']);
/** `latent`: the code of a run; `denoised`: its output; `data`: the transformed expression that went in. */
export type BaseSpace = z.infer<typeof spaceSchema>;

/** Pictures a space in two or three dimensions. A dataset without a run has only the space `data`. */
export const embedSpecSchema = z.object({
  kind: z.literal('embed'),
  runId: id.nullable().default(null),
  datasetId: id.nullable().default(null),
  space: spaceSchema.default('latent'),
  method: z.enum(['pca', 'umap', 'tsne']),
  nDim: z.union([z.literal(2), z.literal(3)]).default(2),
  /** `perplexity`, `nNeighbours`, `minDist`, `seed` … of the method. */
  parameters: settings.default({}),
});

/** Groups the observations of a run. */
export const clusterSpecSchema = z.object({
  kind: z.literal('cluster'),
  runId: id,
  space: z.string().default('latent'),
  method: z.enum(['kmeans', 'leiden']),
  /** `k` of k-means, `resolution` of Leiden, `seed` … */
  parameters: settings.default({}),
});

const metricSchema = z.enum(['ari', 'nmi', 'homogeneity', 'completeness', 'v_measure', 'silhouette']);
export type MetricId = z.infer<typeof metricSchema>;

/** Scores runs against the labels of their dataset. */
export const scoreSpecSchema = z.object({
  kind: z.literal('score'),
  runIds: z.array(id).min(1),
  /** Obs column with the known groups; left out: the dataset's best. */
  labels: z.string().optional(),
  /** `latent`, `denoised`, `data`, or a picture of one: `tsne-2d`, `umap-3d`, `denoised-tsne-2d` … */
  spaces: z.array(z.string()).min(1).default(['latent', 'tsne-2d']),
  clusterings: z
    .array(z.enum(['kmeans', 'leiden']))
    .min(1)
    .default(['kmeans']),
  metrics: z
    .array(metricSchema)
    .min(1)
    .default([...metricSchema.options]),
  /** Clusters of k-means; null: the number of labels. */
  k: z.int().min(1).nullable().default(null),
  /** Resolution of Leiden. */
  resolution: z.number().positive().default(1),
  /** Size of the neighbourhood in Leiden's graph. */
  neighbours: z.int().min(2).max(200).default(15),
  seed: z.int().min(0).default(1),
  /** Settings of the pictures among the spaces, such as the perplexity of t-SNE; the seed is the one above. */
  pictures: z.object({ umap: settings.default({}), tsne: settings.default({}) }).prefault({}),
  /** Runs without a result are passed over with a note; else they are an error. */
  skipUnfinished: z.boolean().default(false),
});

/** Judges how well runs mix the batches of their dataset. */
export const batchSpecSchema = z.object({
  kind: z.literal('batches'),
  runIds: z.array(id).min(1),
  /** Obs column that says where each observation comes from. */
  batch: z.string().min(1),
  /** Obs column with the cell types, within which batches are compared; left out: the dataset's best, if it has one. */
  labels: z.string().optional(),
  spaces: z.array(z.string()).min(1).default(['latent']),
  /** Of the pictures among the spaces. */
  seed: z.int().min(0).default(1),
});

/** Compares what runs predicted with what their protocol kept from them. */
export const evaluateSpecSchema = z.object({
  kind: z.literal('evaluate'),
  runIds: z.array(id).min(1),
  /** Obs column with the known groups for ARI and NMI of the reconstruction; left out: the dataset's best, if it has one. */
  labels: z.string().optional(),
  clusterings: z.array(z.enum(['kmeans', 'leiden'])).default(['kmeans', 'leiden']),
  seed: z.int().min(0).default(1),
});

/** Predicts a gene between the spots of a run that learned a function of position. */
export const superResolveSpecSchema = z.object({
  kind: z.literal('super-resolve'),
  runId: id,
  /** Position of the gene in the dataset. */
  gene: z.int().min(0),
  /** Places for each spot, in each direction. */
  factor: z.int().min(2).max(4).default(3),
});

/** Finds the genes that tell groups of observations apart. */
const markersSpecSchema = markersRequestSchema.extend({ kind: z.literal('markers'), datasetId: id });

/** Writes a result to files. */
export const exportSpecSchema = exportRequestSchema.extend({ kind: z.literal('export') });

export const jobSpecSchema = z.discriminatedUnion('kind', [
  importSpecSchema,
  trainSpecSchema,
  embedSpecSchema,
  clusterSpecSchema,
  scoreSpecSchema,
  evaluateSpecSchema,
  batchSpecSchema,
  exportSpecSchema,
  superResolveSpecSchema,
  markersSpecSchema,
]);

export type ImportSpec = z.infer<typeof importSpecSchema>;
export type TrainSpec = z.infer<typeof trainSpecSchema>;
export type EmbedSpec = z.infer<typeof embedSpecSchema>;
export type ClusterSpec = z.infer<typeof clusterSpecSchema>;
export type ScoreSpec = z.infer<typeof scoreSpecSchema>;
export type BatchSpec = z.infer<typeof batchSpecSchema>;
export type EvaluateSpec = z.infer<typeof evaluateSpecSchema>;
export type SuperResolveSpec = z.infer<typeof superResolveSpecSchema>;
export type MarkersSpec = z.infer<typeof markersSpecSchema>;
export type ExportSpec = z.infer<typeof exportSpecSchema>;
export type JobSpec = z.infer<typeof jobSpecSchema>;
export type JobKind = JobSpec['kind'];
/** A spec as a caller writes it: fields with a default may be left out. */
export type JobRequest = z.input<typeof jobSpecSchema>;
