import { z } from 'zod';
import { methodDescriptionSchema } from '../entities/method.ts';
import { clusteringInfoSchema, embeddingInfoSchema, epochRecordSchema, runInfoSchema, scoreRowSchema } from '../entities/run.ts';
import { exportRequestSchema } from '../../jobs/export-request.ts';
import { clusterSpecSchema, embedSpecSchema, scoreSpecSchema } from '../../jobs/job-spec.ts';
import { normalisationSchema } from '../../preprocess/recipe.ts';
import { inDataset, inProject, inRun, jobStarted, nothing, procedure } from './base.ts';

const settings = {
  method: z.string(),
  preset: z.string().optional(),
  parameters: z.record(z.string(), z.unknown()).default({}),
};

/** Methods: what there is, and what one would cost here. */
export const methods = {
  list: procedure.output(z.array(methodDescriptionSchema)),
  estimate: procedure.input(inDataset.extend(settings)).output(
    z.object({
      supported: z.boolean(),
      reason: z.string().nullable(),
      memoryBytes: z.number(),
      seconds: z.number(),
      freeMemoryBytes: z.number(),
      warnings: z.array(z.string()),
    }),
  ),
};

/** Runs of methods, and the pictures and figures made from them. */
export const runs = {
  list: procedure.input(inProject.extend({ dataset: z.number().optional() })).output(z.array(runInfoSchema)),
  get: procedure.input(inRun).output(runInfoSchema),
  history: procedure.input(inRun).output(z.array(epochRecordSchema)),
  /** One run per seed; each is queued as a job of its own. */
  start: procedure
    .input(
      inDataset.extend({
        ...settings,
        /** The preset's own when left out; cells and genes are filtered by the dataset's recipe either way. */
        normalisation: normalisationSchema.optional(),
        seeds: z.array(z.int().min(0)).min(1).default([1]),
        name: z.string().optional(),
      }),
    )
    .output(z.array(z.object({ run: z.number(), job: z.string() }))),
  resume: procedure.input(inRun).output(jobStarted),
  rename: procedure.input(inRun.extend({ name: z.string().min(1) })).output(runInfoSchema),
  remove: procedure.input(inRun).output(nothing),
  restore: procedure.input(inRun).output(nothing),
};

/** Embeddings, clusterings, scores and what leaves the application. */
export const analysis = {
  embeddings: procedure.input(inProject.extend({ run: z.number().optional() })).output(z.array(embeddingInfoSchema)),
  embed: procedure.input(embedSpecSchema.omit({ kind: true }).extend(inProject.shape)).output(jobStarted),
  clusterings: procedure.input(inProject.extend({ run: z.number().optional() })).output(z.array(clusteringInfoSchema)),
  cluster: procedure.input(clusterSpecSchema.omit({ kind: true }).extend(inProject.shape)).output(jobStarted),
  /** Runs left out: every finished run of the project. */
  score: procedure
    .input(scoreSpecSchema.omit({ kind: true, runIds: true }).extend({ ...inProject.shape, runIds: z.array(z.number()).optional() }))
    .output(jobStarted),
  scores: procedure.input(inProject.extend({ runIds: z.array(z.number()).optional() })).output(z.array(scoreRowSchema)),
  /** Writes files where the person said; the job answers with their paths. */
  export: procedure.input(exportRequestSchema.extend(inProject.shape)).output(jobStarted),
};
