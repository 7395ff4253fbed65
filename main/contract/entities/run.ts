import { z } from 'zod';
import { countValuesSchema } from './count-values.ts';
import { recipeSchema } from '../../preprocess/recipe.ts';

export const runStateSchema = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']);

/** A run: what was fixed before it started, and what became of it. */
export const runInfoSchema = z.object({
  id: z.number(),
  name: z.string(),
  datasetId: z.number(),
  method: z.string(),
  preset: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  recipe: recipeSchema,
  seed: z.number(),
  protocol: z.record(z.string(), z.unknown()),
  state: runStateSchema,
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  wallSeconds: z.number(),
  device: z.string(),
  versions: z.record(z.string(), z.string()),
  summary: z.record(z.string(), z.number()),
  error: z.object({ code: z.string(), what: z.string(), remedy: z.string() }).nullable(),
  nObs: z.number().nullable(),
  nVar: z.number().nullable(),
  hasLatent: z.boolean(),
  hasField: z.boolean(),
  /** What a count model says of a gene besides its denoised values; empty for other runs. */
  countValues: z.array(countValuesSchema),
  /** True when the dataset is filtered differently now than when the run was started. */
  outdated: z.boolean(),
});

/** Loss terms of one epoch by name; `heldOut` is null when nothing is held out. */
export const epochRecordSchema = z.object({
  epoch: z.number(),
  train: z.record(z.string(), z.number()),
  heldOut: z.record(z.string(), z.number()).nullable(),
  obsPerSecond: z.number(),
});

/** A 2-D or 3-D picture of a space of a run. */
export const embeddingInfoSchema = z.object({
  id: z.number(),
  datasetId: z.number(),
  runId: z.number().nullable(),
  space: z.string(),
  kind: z.enum(['pca', 'umap', 'tsne']),
  nDim: z.number(),
  parameters: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
  wallSeconds: z.number(),
});

export const clusteringInfoSchema = z.object({
  id: z.number(),
  runId: z.number(),
  space: z.string(),
  kind: z.enum(['kmeans', 'leiden']),
  parameters: z.record(z.string(), z.unknown()),
  nClusters: z.number(),
  createdAt: z.string(),
});

/** One figure of a table with what is needed to repeat it. */
export const scoreRowSchema = z.object({
  runId: z.number(),
  space: z.string(),
  clustering: z.string(),
  metric: z.string(),
  value: z.number(),
  labels: z.string(),
  seed: z.number(),
  protocol: z.record(z.string(), z.unknown()),
  wallSeconds: z.number(),
});
